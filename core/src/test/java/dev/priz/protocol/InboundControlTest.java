package dev.priz.protocol;

import static dev.priz.protocol.Wire.bytes;
import static dev.priz.protocol.Wire.frameTo;
import static dev.priz.protocol.Wire.heap;
import static dev.priz.protocol.Wire.wire;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class InboundControlTest {
  private static final Limits ONE_AT_ONCE = Limits.DEFAULT.controlFrames(1, 1);

  private final FakeClock clock = new FakeClock();
  private final InboundControl control = new InboundControl(ONE_AT_ONCE);

  @ParameterizedTest
  @EnumSource
  void collectsAPayloadFromTwoPieces(Side side) {
    byte[] frame = frameTo(side, "89 7d", bytes(125));
    var reader = new FrameReader(side);
    ByteBuffer first = heap(Arrays.copyOf(frame, 50));

    assertThat(begin(reader, first)).isNull();

    assertThat(control.receive(reader, first)).isFalse();
    assertThat(control.receive(reader, heap(Arrays.copyOfRange(frame, 50, frame.length)))).isTrue();
    assertThat(control.take()).isEqualTo(bytes(125));
  }

  @ParameterizedTest
  @EnumSource
  void takesAnEmptyPayloadWithoutInput(Side side) {
    var reader = new FrameReader(side);
    ByteBuffer in = heap(frameTo(side, "8a 00", ""));

    assertThat(begin(reader, in)).isNull();

    assertThat(control.receive(reader, in)).isTrue();
    assertThat(control.take()).isEmpty();
  }

  @Test
  void handsOutAnArrayOfItsOwnEachTime() {
    var reader = new FrameReader(Side.CLIENT);
    ByteBuffer in = heap(wire("89 01 01 89 01 02"));
    begin(reader, in);
    control.receive(reader, in);
    byte[] first = control.take();
    reader.endFrame();
    clock.advanceSeconds(1);

    begin(reader, in);
    control.receive(reader, in);

    assertThat(control.take()).isEqualTo(wire("02"));
    assertThat(first).isEqualTo(wire("01"));
  }

  @Test
  void limitsPingsAndPongsTogether() {
    assertThat(begin(new FrameReader(Side.CLIENT), heap(wire("89 00")))).isNull();
    assertThat(begin(new FrameReader(Side.CLIENT), heap(wire("8a 00"))))
        .isEqualTo(Violation.TOO_MANY_CONTROL_FRAMES);

    clock.advanceSeconds(1);

    assertThat(begin(new FrameReader(Side.CLIENT), heap(wire("8a 00")))).isNull();
  }

  @Test
  void doesNotLimitTheCloseFrame() {
    begin(new FrameReader(Side.CLIENT), heap(wire("89 00")));

    assertThat(begin(new FrameReader(Side.CLIENT), heap(wire("88 00")))).isNull();
  }

  private @Nullable Violation begin(FrameReader reader, ByteBuffer in) {
    reader.receiveHeader(in);
    return control.begin(reader, clock.nowNanos());
  }
}
