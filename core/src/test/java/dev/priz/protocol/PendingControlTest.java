package dev.priz.protocol;

import static dev.priz.protocol.Wire.MASK_KEY;
import static dev.priz.protocol.Wire.bytes;
import static dev.priz.protocol.Wire.frameFrom;
import static dev.priz.protocol.Wire.join;
import static dev.priz.protocol.Wire.letters;
import static dev.priz.protocol.Wire.wire;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PendingControlTest {
  private final PendingControl pending = new PendingControl();

  @ParameterizedTest
  @EnumSource
  void writesTheCloseFrameLast(Side side) {
    pending.close(new Close(1000, ""));
    pending.ping(wire("02"));
    pending.pong(wire("01"));

    assertThat(poll(side))
        .isEqualTo(
            join(
                frameFrom(side, "8a 01", "01"),
                frameFrom(side, "89 01", "02"),
                frameFrom(side, "88 02", "03 e8")));
  }

  @Test
  void keepsTheNewestPongOnly() {
    pending.pong(wire("01"));
    pending.pong(wire("02"));

    assertThat(poll(Side.SERVER)).isEqualTo(wire("8a 01 02"));
  }

  @Test
  void isEmptyUntilSomethingIsPending() {
    assertThat(pending.isEmpty()).isTrue();
    assertThat(poll(Side.SERVER)).isEmpty();
  }

  @Test
  void isNotEmptyWithAFrameOfAnyKind() {
    pending.pong(wire(""));
    assertThat(pending.isEmpty()).isFalse();
    poll(Side.SERVER);

    pending.ping(wire(""));
    assertThat(pending.isEmpty()).isFalse();
    poll(Side.SERVER);

    pending.close(Close.EMPTY);
    assertThat(pending.isEmpty()).isFalse();
  }

  @Test
  void forgetsWhatItHasWritten() {
    pending.pong(wire("01"));
    pending.ping(wire("02"));
    pending.close(Close.EMPTY);

    poll(Side.SERVER);

    assertThat(pending.isEmpty()).isTrue();
    assertThat(poll(Side.SERVER)).isEmpty();
  }

  @Test
  void fitsIntoTheRoomThatItAsksFor() {
    pending.pong(bytes(125));
    pending.ping(bytes(125));
    pending.close(new Close(1000, new String(letters(123), StandardCharsets.US_ASCII)));

    assertThat(poll(Side.CLIENT)).hasSize(Connection.MAX_POLL_BYTES);
  }

  private byte[] poll(Side side) {
    ByteBuffer out = ByteBuffer.allocate(Connection.MAX_POLL_BYTES);
    pending.poll(new FrameWriter(side, () -> MASK_KEY, new Scratch()), out);
    byte[] written = new byte[out.flip().remaining()];
    out.get(written);
    return written;
  }
}
