package dev.priz.protocol.deflate;

import static dev.priz.protocol.deflate.InflateBits.wire;
import static dev.priz.protocol.deflate.InflateWay.assertSameInEveryWay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class InflateDecoderTest {
  private static final InflateLimits NO_LIMITS =
      new InflateLimits(Long.MAX_VALUE, InflateLimits.ANY_RATIO, Integer.MAX_VALUE);

  @ParameterizedTest
  @CsvSource({
    // RFC 7692 §7.2.3.1, §7.2.3.3 to §7.2.3.6
    "f2 48 cd c9 c9 07 00, Hello",
    "00 05 00 fa ff 48 65 6c 6c 6f 00, Hello",
    "f3 48 cd c9 c9 07 00 00, Hello",
    "f2 48 05 00 00 00 ff ff ca c9 c9 07 00, Hello",
    "00, ''"
  })
  void decompressesTheExamplesOfTheRfc(String message, String text) {
    assertThat(assertSameInEveryWay(wire(message))).isEqualTo(InflateOutcome.of(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"f2 48 cd c9 c9 07 00", "f3 48 cd c9 c9 07 00 00", "f3 48 cd c9 c9 07 00"})
  @DisplayName("PD-14 refers to the message before, also behind a final block (RFC 7692 §7.2.3.2)")
  void refersToTheMessageBefore(String first) {
    List<byte[]> messages = List.of(wire(first), wire("f2 00 11 00 00"), wire("f2 00 11 00 00"));

    assertThat(assertSameInEveryWay(15, true, InflateLimits.DEFAULT, messages))
        .containsExactly(
            InflateOutcome.of("Hello"), InflateOutcome.of("Hello"), InflateOutcome.of("Hello"));
  }

  @Test
  void refersToNothingWithoutTakeover() {
    List<byte[]> messages = List.of(wire("f2 48 cd c9 c9 07 00"), wire("f2 00 11 00 00"));

    assertThat(assertSameInEveryWay(15, false, InflateLimits.DEFAULT, messages))
        .containsExactly(
            InflateOutcome.of("Hello"), InflateOutcome.of(InflateFault.DISTANCE_TOO_FAR));
  }

  @Test
  void goesOnBehindAFinalBlockInTheSameMessage() {
    byte[] message = wire("f3 48 cd c9 c9 07 00 f3 00 11 00 f2 00 11 00 00");

    assertThat(assertSameInEveryWay(message)).isEqualTo(InflateOutcome.of("HelloHelloHello"));
  }

  @Test
  void takesAFinalBlockWithoutTheEmptyBlockBehindIt() {
    assertThat(assertSameInEveryWay(wire("f3 48 cd c9 c9 07 00")))
        .isEqualTo(InflateOutcome.of("Hello"));
  }

  @Test
  void takesWhatTheAppendedBytesAddToABlock() {
    byte[] message = wire("00 04 00 fb ff");

    assertThat(assertSameInEveryWay(message)).isEqualTo(InflateOutcome.of(wire("00 00 ff ff")));
  }

  @ParameterizedTest
  @CsvSource({
    // PD-05
    "06, BLOCK_TYPE",
    "07, BLOCK_TYPE",
    // PD-06
    "01 00 00 00 00, STORED_LENGTH",
    "00 05 00 fb ff 48 65 6c 6c 6f 00, STORED_LENGTH",
    // PD-07
    "f2 00 11 00 00, DISTANCE_TOO_FAR",
    "'', TRUNCATED",
    "f2, TRUNCATED",
    "f2 48 cd c9 c9, TRUNCATED",
    "f2 48 cd c9 c9 07 00 00, STORED_LENGTH",
    "00 05 00 fa ff 48 65 6c 6c 6f, TRUNCATED",
    "04, CODE_LENGTHS",
    "04 00 00 00, TRUNCATED"
  })
  void refuses(String message, InflateFault fault) {
    assertThat(assertSameInEveryWay(wire(message))).isEqualTo(InflateOutcome.of(fault));
  }

  @Test
  void failsOnce() {
    var decoder = new InflateDecoder(15, true, InflateLimits.DEFAULT, new InflateWorkspaces());
    ByteBuffer in = ByteBuffer.wrap(wire("07 ff ff ff ff ff ff ff ff ff"));
    ByteBuffer out = ByteBuffer.allocate(10);

    assertThat(decoder.inflate(in, false, out)).isEqualTo(InflateStatus.FAILED);
    assertThat(decoder.inflate(in.rewind(), false, out)).isEqualTo(InflateStatus.FAILED);

    assertThat(in.position()).isZero();
    assertThat(decoder.fault()).isEqualTo(InflateFault.BLOCK_TYPE);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 9, 10, 11, 12, 13, 14})
  void refusesADistanceBeyondTheWindow(int windowBits) {
    int window = 1 << windowBits;
    byte[] history = bytes(40_000);

    List<InflateOutcome> last =
        assertSameInEveryWay(windowBits, true, NO_LIMITS, farMatch(history, window));
    List<InflateOutcome> beyond =
        assertSameInEveryWay(windowBits, true, NO_LIMITS, farMatch(history, window + 1));

    byte[] found = Arrays.copyOfRange(history, 40_000 - window, 40_003 - window);
    assertThat(last).last().isEqualTo(InflateOutcome.of(found));
    assertThat(beyond).last().isEqualTo(InflateOutcome.of(InflateFault.DISTANCE_TOO_FAR));
  }

  @Test
  void refusesADistanceBeforeTheFirstByte() {
    byte[] history = bytes(1_000);

    List<InflateOutcome> last = assertSameInEveryWay(15, true, NO_LIMITS, farMatch(history, 1_000));
    List<InflateOutcome> none = assertSameInEveryWay(15, true, NO_LIMITS, farMatch(history, 1_001));

    assertThat(last).last().isEqualTo(InflateOutcome.of(Arrays.copyOf(history, 3)));
    assertThat(none).last().isEqualTo(InflateOutcome.of(InflateFault.DISTANCE_TOO_FAR));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  @DisplayName("PD-15 ends with many final blocks and with bytes behind them")
  void endsWithManyFinalBlocks(int trailing) {
    var bits = new InflateBits();
    for (int i = 0; i < 100_000; i++) bits.header(1, 1).fixed(256).align();
    byte[] message = bits.bytes(new byte[trailing]).toBytes();
    List<InflateOutcome> expected =
        List.of(
            trailing < 2 ? InflateOutcome.of("") : InflateOutcome.of(InflateFault.STORED_LENGTH));

    for (InflateWay way : InflateWay.all()) {
      assertThat(way.inflate(15, true, NO_LIMITS, List.of(message))).isEqualTo(expected);
    }
  }

  @Test
  void knowsWhetherAMessageIsUnderWay() {
    var decoder = new InflateDecoder(15, true, InflateLimits.DEFAULT, new InflateWorkspaces());
    ByteBuffer in = ByteBuffer.wrap(wire("f2 48"));

    decoder.inflate(in, false, ByteBuffer.allocate(10));

    assertThat(decoder.inMessage()).isTrue();
    assertThatThrownBy(() -> decoder.streamMessages(InflateLimits.DEFAULT))
        .isInstanceOf(IllegalStateException.class);
    decoder.release();
    assertThat(decoder.inMessage()).isFalse();
  }

  @Test
  void refusesASpaceThatDoesNotHoldTheMessageSoFar() {
    var decoder = new InflateDecoder(15, true, InflateLimits.DEFAULT, new InflateWorkspaces());
    decoder.inflate(ByteBuffer.wrap(wire("f2 48 cd c9")), false, ByteBuffer.allocate(10));
    ByteBuffer in = ByteBuffer.wrap(wire("c9 07 00"));

    assertThatThrownBy(() -> decoder.inflate(in, true, ByteBuffer.allocate(10)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("buffer holds 0 bytes, the message has 3");
  }

  @Test
  void beginsNothingInASpaceThatItRefuses() {
    var decoder = new InflateDecoder(15, true, InflateLimits.DEFAULT, new InflateWorkspaces());
    ByteBuffer in = ByteBuffer.wrap(wire("f2 48 cd c9 c9 07 00"));
    ByteBuffer used = ByteBuffer.allocate(10).put((byte) 1);
    ByteBuffer readOnly = ByteBuffer.allocate(10).asReadOnlyBuffer();

    assertThatThrownBy(() -> decoder.inflate(in, true, used))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> decoder.inflate(in, true, readOnly))
        .isInstanceOf(ReadOnlyBufferException.class);

    assertThat(decoder.inMessage()).isFalse();
    assertThat(decoder.inflate(in, true, ByteBuffer.allocate(10)))
        .isEqualTo(InflateStatus.MESSAGE_ENDED);
  }

  @Test
  void refusesInputBehindTheLastOfAMessage() {
    var decoder = new InflateDecoder(15, true, InflateLimits.DEFAULT, new InflateWorkspaces());
    ByteBuffer in = ByteBuffer.wrap(wire("f2 48 cd c9 c9 07 00"));

    assertThat(decoder.inflate(in, true, ByteBuffer.allocate(2)))
        .isEqualTo(InflateStatus.OUTPUT_FULL);

    assertThat(in.hasRemaining()).isFalse();
    assertThatThrownBy(() -> decoder.inflate(in.rewind(), true, ByteBuffer.allocate(9).position(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("input after the last of the message");
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 16})
  void refusesAWindowThatTheRfcDoesNotHave(int bits) {
    assertThatThrownBy(
            () -> new InflateDecoder(bits, true, InflateLimits.DEFAULT, new InflateWorkspaces()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("window bits are " + bits + ", not 8 to 15");
  }

  @Test
  void usesAsManyWorkspacesAsMessagesAreUnderWay() {
    var workspaces = new InflateWorkspaces();
    var decoders = new InflateDecoder[20];
    for (int i = 0; i < decoders.length; i++) {
      decoders[i] = new InflateDecoder(15, true, InflateLimits.DEFAULT, workspaces);
      decoders[i].inflate(ByteBuffer.wrap(wire("f2 48 cd")), false, ByteBuffer.allocate(10));
    }

    for (InflateDecoder decoder : decoders) {
      ByteBuffer out = ByteBuffer.allocate(10).put((byte) 'H').put((byte) 'e');
      decoder.inflate(ByteBuffer.wrap(wire("c9 c9 07 00")), true, out);
      assertThat(out.flip()).isEqualTo(InflateOutcome.of("Hello").output());
    }
  }

  // The history in a message of its own, then three bytes of it.
  private static List<byte[]> farMatch(byte[] history, int distance) {
    byte[] match =
        new InflateBits().header(0, 1).fixed(257).fixedDistance(distance).fixed(256).toMessage();
    return List.of(new InflateBits().stored(0, history).toMessage(), match);
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) bytes[i] = (byte) (i * 31 + (i >> 8) * 7);
    return bytes;
  }
}
