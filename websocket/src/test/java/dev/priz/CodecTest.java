package dev.priz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.CodecExample.Stats;
import dev.priz.protocol.Binary;
import dev.priz.protocol.Opcode;
import dev.priz.protocol.PreparedMessage;
import dev.priz.protocol.Text;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a codec makes of values and messages, without a connection. */
final class CodecTest {
  private static final Codec<Integer> TEXT = Codec.text(String::valueOf, Integer::valueOf);
  private static final Codec<Byte> BINARY =
      Codec.binary(value -> new byte[] {value}, data -> data[0]);

  @Test
  void textHasItsValuesInText() throws Exception {
    assertThat(TEXT.encode(42)).isEqualTo(new Text("42"));
    assertThat(TEXT.decode(new Text("42"))).isEqualTo(42);
  }

  @Test
  void binaryHasItsValuesInBytes() throws Exception {
    assertThat(BINARY.encode((byte) 7)).isEqualTo(new Binary(new byte[] {7}));
    assertThat(BINARY.decode(new Binary(new byte[] {7}))).isEqualTo((byte) 7);
  }

  @Test
  void acceptsItsOwnKindOnly() {
    assertThat(TEXT.accepts(Opcode.TEXT)).isTrue();
    assertThat(TEXT.accepts(Opcode.BINARY)).isFalse();
    assertThat(BINARY.accepts(Opcode.BINARY)).isTrue();
    assertThat(BINARY.accepts(Opcode.TEXT)).isFalse();
  }

  @Test
  void jsonFitsInOneLine() throws Exception {
    assertThat(CodecExample.STATS.encode(new Stats(0.5, 0.25)))
        .isEqualTo(new Text("{\"cpu\":0.5,\"memory\":0.25}"));
    assertThat(CodecExample.STATS.decode(new Text("{\"memory\":1,\"cpu\":2}")))
        .isEqualTo(new Stats(2, 1));
  }

  @Test
  void preparesText() {
    PreparedMessage prepared = TEXT.prepare(42);

    assertThat(prepared.opcode()).isEqualTo(Opcode.TEXT);
    assertThat(UTF_8.decode(prepared.payload()).toString()).isEqualTo("42");
  }

  @Test
  void preparesBinary() {
    PreparedMessage prepared = BINARY.prepare((byte) 7);

    assertThat(prepared.opcode()).isEqualTo(Opcode.BINARY);
    assertThat(prepared.payload().get()).isEqualTo((byte) 7);
  }

  @Test
  void preparesOnceForMany() {
    try (var one = Ends.open();
        var other = Ends.open()) {
      CodecExample.broadcast(List.of(one.server(), other.server()), new Stats(1, 2));

      assertThat(one.client().as(CodecExample.STATS).receive()).isEqualTo(new Stats(1, 2));
      assertThat(other.client().as(CodecExample.STATS).receive()).isEqualTo(new Stats(1, 2));
    }
  }

  @Test
  void doesNotPrepareWhatCannotBeEncoded() {
    var cause = new IOException("no text for it");
    Codec<Integer> failing = Codec.text(value -> thrown(cause), Integer::valueOf);

    assertThatThrownBy(() -> failing.prepare(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a java.lang.Integer cannot be encoded")
        .hasCause(cause);
  }

  private static String thrown(Exception cause) throws Exception {
    throw cause;
  }
}
