package dev.priz.protocol;

import static dev.priz.protocol.Wire.MASK_KEY;
import static dev.priz.protocol.Wire.bytes;
import static dev.priz.protocol.Wire.mask;
import static dev.priz.protocol.Wire.wire;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MaskingTest {
  static IntStream lengths() {
    return IntStream.rangeClosed(0, 40);
  }

  @Test
  void masksTheExampleOfTheRfc() {
    ByteBuffer hello = ByteBuffer.wrap(wire("48 65 6c 6c 6f"));

    Masking.apply(MASK_KEY, hello, 0, 5);

    assertThat(hello.array()).isEqualTo(wire("7f 9f 4d 51 58"));
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void masksEveryLengthInPlaceAndNothingBeside(int length) {
    byte[] payload = bytes(length);
    ByteBuffer heap = framed(ByteBuffer.allocate(length + 8), payload);
    ByteBuffer direct = framed(ByteBuffer.allocateDirect(length + 8), payload);

    Masking.apply(MASK_KEY, heap, 3, 3 + length);
    Masking.apply(MASK_KEY, direct, 3, 3 + length);

    assertThat(heap).isEqualTo(framed(ByteBuffer.allocate(length + 8), mask(payload)));
    assertThat(direct).isEqualTo(heap);
  }

  @ParameterizedTest
  @MethodSource("lengths")
  @DisplayName("FR-20 copies from and to every alignment")
  void copiesEveryLengthFromEveryAlignment(int length) {
    byte[] payload = bytes(length);
    for (int offset = 0; offset < 16; offset++) {
      ByteBuffer in = ByteBuffer.allocateDirect(offset + length + 1).position(offset).put(payload);
      byte[] out = new byte[length + 32];

      Masking.copy(MASK_KEY, in.position(offset), length, out, 16 - offset);

      assertThat(Arrays.copyOfRange(out, 16 - offset, 16 - offset + length))
          .isEqualTo(mask(payload));
      assertThat(out[16 - offset + length]).isZero();
      assertThat(in.position()).isEqualTo(offset + length);
    }
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void goesOnInsideAPayloadWithTheTurnedKey(int done) {
    byte[] payload = bytes(64);
    byte[] out = new byte[64];
    ByteBuffer in = ByteBuffer.wrap(payload);

    Masking.copy(MASK_KEY, in, done, out, 0);
    Masking.copy(Masking.turn(MASK_KEY, done), in, 64 - done, out, done);

    assertThat(out).isEqualTo(mask(payload));
  }

  @Test
  void leavesBytesAloneWithTheKeyZero() {
    byte[] payload = bytes(20);
    ByteBuffer buffer = ByteBuffer.wrap(payload.clone());
    byte[] out = new byte[20];

    Masking.apply(0, buffer, 0, 20);
    Masking.copy(0, buffer, 20, out, 0);

    assertThat(out).isEqualTo(payload);
    assertThat(buffer.remaining()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 9, 17})
  void isUndoneByTheSameKey(int length) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes(length));

    Masking.apply(0x80FF0001, buffer, 0, length);
    Masking.apply(0x80FF0001, buffer, 0, length);

    assertThat(buffer.array()).isEqualTo(bytes(length));
  }

  private static ByteBuffer framed(ByteBuffer buffer, byte[] payload) {
    return buffer.put(3, payload).clear();
  }
}
