package dev.priz.protocol;

import static dev.priz.protocol.Wire.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class MessageTest {
  /** A kind of message that carries bytes. */
  record Kind(Opcode opcode, String shown, Function<byte[], Message> constructor) {
    Message of(String hex) {
      return constructor.apply(wire(hex));
    }

    @Override
    public String toString() {
      return opcode.name();
    }
  }

  static List<Kind> kinds() {
    return List.of(
        new Kind(Opcode.BINARY, "Binary[2 bytes]", Binary::new),
        new Kind(Opcode.PING, "Ping[2 bytes]", Ping::new),
        new Kind(Opcode.PONG, "Pong[2 bytes]", Pong::new));
  }

  @Test
  void carriesTextAsUtf8() {
    var text = new Text("ß😀");

    assertThat(text.opcode()).isEqualTo(Opcode.TEXT);
    assertThat(text.text()).isEqualTo("ß😀");
    assertThat(text.data()).isEqualTo(wire("c3 9f f0 9f 98 80"));
  }

  @Test
  void isMatchedByKindInTheExample() {
    assertThat(MessageExample.describe(new Text("hi"))).isEqualTo("text: hi");
    assertThat(MessageExample.describe(new Binary(wire("00 01")))).isEqualTo("2 bytes");
    assertThat(MessageExample.describe(new Ping(wire("00")))).isEqualTo("ping, answered already");
    assertThat(MessageExample.describe(new Pong(wire("00")))).isEqualTo("pong");
    assertThat(MessageExample.describe(new Close(1000, "bye"))).isEqualTo("closed with 1000 bye");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void namesItsOpcode(Kind kind) {
    assertThat(kind.of("00 ff").opcode()).isEqualTo(kind.opcode);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void holdsTheArrayThatItWasGiven(Kind kind) {
    byte[] data = wire("00 ff");

    assertThat(kind.constructor.apply(data).data()).isSameAs(data);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void hasNoTextIfItCarriesBytes(Kind kind) {
    assertThatIllegalStateException()
        .isThrownBy(() -> kind.of("61 62").text())
        .withMessage("a %s message carries bytes, not text", kind.opcode);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void equalsWhatHasTheSameBytes(Kind kind) {
    assertThat(kind.of("00 ff")).isEqualTo(kind.of("00 ff")).hasSameHashCodeAs(kind.of("00 ff"));
    assertThat(kind.of("00 ff")).isNotEqualTo(kind.of("00 fe"));
    assertThat(kind.of("61")).isNotEqualTo(new Text("a"));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void showsItsSizeAndNotItsContent(Kind kind) {
    assertThat(kind.of("61 62")).hasToString(kind.shown);
  }
}
