package dev.priz.protocol;

import static dev.priz.protocol.Endpoint.utf8;
import static dev.priz.protocol.Wire.MASK_KEY;
import static dev.priz.protocol.Wire.bytes;
import static dev.priz.protocol.Wire.frameFrom;
import static dev.priz.protocol.Wire.join;
import static dev.priz.protocol.Wire.wire;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class FrameWriterTest {
  private final ByteBuffer out = ByteBuffer.allocateDirect(70_000);

  @ParameterizedTest
  @CsvSource({
    "0,     82 00",
    "1,     82 01",
    "125,   82 7d",
    "126,   82 7e 00 7e",
    "127,   82 7e 00 7f",
    "65535, 82 7e ff ff",
    "65536, 82 7f 00 00 00 00 00 01 00 00",
    "65537, 82 7f 00 00 00 00 00 01 00 01"
  })
  @DisplayName("FR-29 writes each length in its shortest form")
  void writesEachLengthInItsShortestForm(int length, String head) {
    for (Side side : Side.values()) {
      out.clear();

      writer(side).write(Opcode.BINARY, true, true, bytes(length), length, out);

      assertThat(written()).isEqualTo(frameFrom(side, head, bytes(length)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CONTINUATION, false, 00 01",
    "CONTINUATION, true,  80 01",
    "TEXT,         false, 01 01",
    "TEXT,         true,  81 01",
    "BINARY,       false, 02 01",
    "CLOSE,        true,  88 01",
    "PING,         true,  89 01",
    "PONG,         true,  8a 01"
  })
  void writesOpcodeAndFin(Opcode opcode, boolean fin, String head) {
    for (Side side : Side.values()) {
      out.clear();

      writer(side).write(opcode, fin, true, wire("61"), 1, out);

      assertThat(written()).isEqualTo(frameFrom(side, head, "61"));
    }
  }

  @Test
  void givesTheHeaderOfTheLongestFrame() {
    FrameWriter.writeHeader(Opcode.BINARY, true, false, 0x80, Integer.MAX_VALUE, out);

    assertThat(written()).isEqualTo(wire("82 ff 00 00 00 00 7f ff ff ff"));
  }

  @ParameterizedTest
  @EnumSource
  void leavesThePayloadAsItWas(Side side) {
    byte[] payload = bytes(20);

    writer(side).write(Opcode.BINARY, true, true, payload, 20, out);

    assertThat(written()).isEqualTo(frameFrom(side, "82 14", bytes(20)));
    assertThat(payload).isEqualTo(bytes(20));
  }

  @ParameterizedTest
  @EnumSource
  void writesAPayloadInPiecesOfAnySize(Side side) {
    for (int first = 0; first <= 20; first++) {
      out.clear();
      FrameWriter writer = writer(side);

      writer.begin(Opcode.BINARY, true, true, bytes(20), out);
      out.limit(out.position() + first);
      writer.writeRest(out);
      assertThat(writer.missingBytes()).isEqualTo(20 - first);
      out.limit(out.capacity());
      writer.writeRest(out);

      assertThat(written()).as("split at %d", first).isEqualTo(frameFrom(side, "82 14", bytes(20)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void writesBehindWhatIsThere(Side side) {
    out.put(wire("00 01 02"));

    writer(side).writeText("Hello", 5, out);

    assertThat(written())
        .isEqualTo(join(wire("00 01 02"), frameFrom(side, "81 05", "48 65 6c 6c 6f")));
  }

  @ParameterizedTest
  @EnumSource
  void writesTextOfAllWidths(Side side) {
    String text = "aé€😀".repeat(13);

    writer(side).writeText(text, 130, out);

    assertThat(written()).isEqualTo(frameFrom(side, "81 7e 00 82", utf8(text)));
  }

  @ParameterizedTest
  @EnumSource
  void writesAPreparedMessage(Side side) {
    writer(side).write(PreparedMessage.text("Hello"), out);

    assertThat(written()).isEqualTo(frameFrom(side, "81 05", "48 65 6c 6c 6f"));
  }

  @Test
  @DisplayName("FR-28 asks for one mask key for each frame, as a client")
  void takesAFreshKeyForEachFrame() {
    PrimitiveIterator.OfInt keys = IntStream.rangeClosed(1, 3).iterator();
    var writer = new FrameWriter(Side.CLIENT, keys::nextInt, new Scratch());

    writer.writeControl(Opcode.PING, new byte[0], out);
    writer.writeText("", 0, out);
    writer.write(PreparedMessage.binary(wire("")), out);

    assertThat(written())
        .isEqualTo(wire("89 80 00 00 00 01  81 80 00 00 00 02  82 80 00 00 00 03"));
    assertThat(keys.hasNext()).isFalse();
  }

  @Test
  void asksForNoKeyAsAServer() {
    var writer =
        new FrameWriter(
            Side.SERVER,
            () -> {
              throw new AssertionError("a server masks nothing");
            },
            new Scratch());

    writer.writeControl(Opcode.PING, wire("61"), out);

    assertThat(written()).isEqualTo(wire("89 01 61"));
  }

  private static FrameWriter writer(Side side) {
    return new FrameWriter(side, () -> MASK_KEY, new Scratch());
  }

  private byte[] written() {
    byte[] written = new byte[out.flip().remaining()];
    out.get(written);
    return written;
  }
}
