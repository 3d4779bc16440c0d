package dev.priz.protocol;

import static dev.priz.protocol.Wire.bytes;
import static dev.priz.protocol.Wire.direct;
import static dev.priz.protocol.Wire.frameTo;
import static dev.priz.protocol.Wire.heap;
import static dev.priz.protocol.Wire.join;
import static dev.priz.protocol.Wire.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FrameReaderTest {
  @ParameterizedTest
  @EnumSource
  void readsTheHeaderAndThenThePayload(Side side) {
    var reader = new FrameReader(side);
    ByteBuffer in = heap(frameTo(side, "82 03", "01 02 03"));
    byte[] payload = new byte[5];
    assertThat(reader.inFrame()).isFalse();

    assertThat(reader.receiveHeader(in)).isNull();
    assertThat(reader.inPayload()).isTrue();
    assertThat(reader.opcode()).isEqualTo(Opcode.BINARY);
    assertThat(reader.remaining()).isEqualTo(3);
    reader.receivePayload(in, 3, payload, 1);

    assertThat(payload).isEqualTo(wire("00 01 02 03 00"));
    assertThat(reader.remaining()).isZero();
    assertThat(in.hasRemaining()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void unmasksAPayloadThatComesInTwoPieces(Side side) {
    byte[] frame = frameTo(side, "82 14", bytes(20));
    int head = frame.length - 20;
    for (int at = 0; at <= 20; at++) {
      var reader = new FrameReader(side);
      byte[] payload = new byte[20];
      ByteBuffer first = heap(Arrays.copyOf(frame, head + at));
      reader.receiveHeader(first);

      reader.receivePayload(first, at, payload, 0);
      reader.receivePayload(
          direct(Arrays.copyOfRange(frame, head + at, head + 20)), 20 - at, payload, at);

      assertThat(payload).as("pieces of %d and %d", at, 20 - at).isEqualTo(bytes(20));
    }
  }

  @ParameterizedTest
  @EnumSource
  void readsOnInTheNextFrame(Side side) {
    var reader = new FrameReader(side);
    ByteBuffer in = heap(join(frameTo(side, "02 01", "aa"), frameTo(side, "80 02", "bb cc")));
    byte[] payload = new byte[3];
    reader.receiveHeader(in);
    reader.receivePayload(in, 1, payload, 0);

    reader.endFrame();

    assertThat(reader.inFrame()).isFalse();
    assertThat(reader.inPayload()).isFalse();
    assertThat(reader.receiveHeader(in)).isNull();
    reader.receivePayload(in, 2, payload, 1);
    assertThat(payload).isEqualTo(wire("aa bb cc"));
  }

  @Test
  void countsWhatTheInputHasOfThePayload() {
    var reader = new FrameReader(Side.CLIENT);
    ByteBuffer in = heap(wire("82 7f 7f ff ff ff ff ff ff ff 01 02"));

    reader.receiveHeader(in);

    assertThat(reader.available(in)).isEqualTo(2);
    assertThat(reader.remaining()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void countsNoBytesOfTheNextFrame() {
    var reader = new FrameReader(Side.CLIENT);
    ByteBuffer in = heap(wire("82 01 aa 82 01 bb"));

    reader.receiveHeader(in);

    assertThat(reader.available(in)).isEqualTo(1);
  }

  @Test
  void waitsForTheRestOfTheHeader() {
    var reader = new FrameReader(Side.SERVER);

    assertThat(reader.receiveHeader(heap(wire("82 81 01 02")))).isNull();

    assertThat(reader.inFrame()).isTrue();
    assertThat(reader.inPayload()).isFalse();
    assertThat(reader.remaining()).isZero();
  }

  @Test
  void passesOnABrokenRule() {
    assertThat(new FrameReader(Side.SERVER).receiveHeader(heap(wire("83"))))
        .isEqualTo(Violation.RESERVED_OPCODE);
  }

  @Test
  void doesNotEndAFrameThatLacksBytes() {
    var reader = new FrameReader(Side.CLIENT);
    reader.receiveHeader(heap(wire("82 03")));

    assertThatThrownBy(reader::endFrame)
        .isInstanceOf(AssertionError.class)
        .hasMessage("3 bytes left in the frame");
  }
}
