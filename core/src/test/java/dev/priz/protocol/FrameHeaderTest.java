package dev.priz.protocol;

import static dev.priz.protocol.Wire.direct;
import static dev.priz.protocol.Wire.heap;
import static dev.priz.protocol.Wire.wire;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FrameHeaderTest {
  @ParameterizedTest
  @CsvSource({
    "CLIENT, 81 05,                            true,  TEXT,         5,                   0",
    "CLIENT, 02 00,                            false, BINARY,       0,                   0",
    "CLIENT, 00 7d,                            false, CONTINUATION, 125,                 0",
    "CLIENT, 82 7e 00 7e,                      true,  BINARY,       126,                 0",
    "CLIENT, 82 7e ff ff,                      true,  BINARY,       65535,               0",
    "CLIENT, 82 7f 00 00 00 00 00 01 00 00,    true,  BINARY,       65536,               0",
    "CLIENT, 82 7f 7f ff ff ff ff ff ff ff,    true,  BINARY,       9223372036854775807, 0",
    "CLIENT, 8a 7d,                            true,  PONG,         125,                 0",
    "SERVER, 81 85 37 fa 21 3d,                true,  TEXT,         5,                   37fa213d",
    "SERVER, 89 80 ff ff ff ff,                true,  PING,         0,                   ffffffff",
    "SERVER, 88 fd 00 00 00 00,                true,  CLOSE,        125,                 0",
    "SERVER, 02 fe 01 00 80 00 00 01,          false, BINARY,       256,                 80000001",
    "SERVER, 80 ff 00 00 00 01 00 00 00 00 01 02 03 04, true, CONTINUATION, 4294967296,  1020304"
  })
  void readsItsFields(Side side, String hex, boolean fin, Opcode opcode, long length, String key) {
    byte[] bytes = wire(hex);

    for (int at = 0; at <= bytes.length; at++) {
      var header = new FrameHeader(side);
      assertThat(header.receive(heap(Arrays.copyOfRange(bytes, 0, at)))).isNull();
      assertThat(header.isComplete()).isEqualTo(at == bytes.length);
      assertThat(header.receive(direct(Arrays.copyOfRange(bytes, at, bytes.length)))).isNull();

      assertThat(header.isComplete()).isTrue();
      assertThat(header.fin()).isEqualTo(fin);
      assertThat(header.opcode()).isEqualTo(opcode);
      assertThat(header.payloadLength()).isEqualTo(length);
      assertThat(Integer.toHexString(header.maskKey())).isEqualTo(key);
    }
  }

  @ParameterizedTest
  @CsvSource({"CLIENT, 81 02, 48 69", "SERVER, 81 82 37 fa 21 3d, 7f 93"})
  void leavesThePayloadInTheInput(Side side, String head, String payload) {
    ByteBuffer in = heap(wire(head + payload));

    assertThat(new FrameHeader(side).receive(in)).isNull();

    assertThat(in).isEqualTo(ByteBuffer.wrap(wire(payload)));
  }

  @ParameterizedTest
  @CsvSource({
    "CLIENT, 0, c1,                               RESERVED_BIT",
    "CLIENT, 0, a1,                               RESERVED_BIT",
    "CLIENT, 0, 91,                               RESERVED_BIT",
    "SERVER, 0, f1,                               RESERVED_BIT",
    "SERVER, 0, c3,                               RESERVED_BIT",
    "SERVER, 0, 83,                               RESERVED_OPCODE",
    "CLIENT, 0, 0f,                               RESERVED_OPCODE",
    "CLIENT, 0, 08,                               FRAGMENTED_CONTROL",
    "SERVER, 0, 09,                               FRAGMENTED_CONTROL",
    "SERVER, 0, 0a,                               FRAGMENTED_CONTROL",
    "CLIENT, 1, 81 85,                            MASKED_FRAME",
    "SERVER, 1, 81 05,                            UNMASKED_FRAME",
    "SERVER, 1, 89 7e,                            UNMASKED_FRAME",
    "CLIENT, 1, 88 7e,                            CONTROL_TOO_LONG",
    "SERVER, 1, 89 fe,                            CONTROL_TOO_LONG",
    "SERVER, 1, 8a ff,                            CONTROL_TOO_LONG",
    "CLIENT, 3, 82 7e 00 05,                      LENGTH_NOT_MINIMAL",
    "SERVER, 3, 82 fe 00 7d,                      LENGTH_NOT_MINIMAL",
    "CLIENT, 9, 82 7f 00 00 00 00 00 00 ff ff,    LENGTH_NOT_MINIMAL",
    "SERVER, 9, 82 ff 00 00 00 00 00 00 00 00,    LENGTH_NOT_MINIMAL",
    "CLIENT, 2, 82 7f 80,                         LENGTH_NEGATIVE",
    "SERVER, 2, 82 ff ff,                         LENGTH_NEGATIVE"
  })
  void refusesAtTheFirstBadByte(Side side, int bad, String hex, Violation violation) {
    byte[] bytes = wire(hex);
    var header = new FrameHeader(side);

    assertThat(header.receive(heap(Arrays.copyOf(bytes, bad)))).isNull();
    assertThat(header.receive(heap(Arrays.copyOfRange(bytes, bad, bad + 1)))).isEqualTo(violation);
    assertThat(refusalAtOnce(side, bytes)).isEqualTo(violation);
  }

  @Test
  void hasBegunWithItsFirstByte() {
    var header = new FrameHeader(Side.CLIENT);
    assertThat(header.hasBegun()).isFalse();

    header.receive(heap(wire("81")));

    assertThat(header.hasBegun()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"82 fe 01 00 01 02 03 04", "81 83 05 06 07 08"})
  void forgetsTheLastFrameWhenReset(String before) {
    var header = new FrameHeader(Side.SERVER);
    header.receive(heap(wire(before)));

    header.reset();

    assertThat(header.hasBegun()).isFalse();
    assertThat(header.isComplete()).isFalse();
    assertThat(header.receive(heap(wire("89 81 0a 0b 0c 0d")))).isNull();
    assertThat(header.opcode()).isEqualTo(Opcode.PING);
    assertThat(header.payloadLength()).isEqualTo(1);
    assertThat(header.maskKey()).isEqualTo(0x0a0b0c0d);
  }

  private static @Nullable Violation refusalAtOnce(Side side, byte[] bytes) {
    return new FrameHeader(side).receive(direct(Arrays.copyOf(bytes, bytes.length + 8)));
  }
}
