package dev.priz.protocol.deflate;

import static dev.priz.protocol.deflate.InflateWay.assertSameInEveryWay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.payloads.Zlib;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class InflateLimitsTest {
  private static final int MEBIBYTE = 1 << 20;
  private static final InflateLimits DEFAULT = InflateLimits.DEFAULT;

  @ParameterizedTest
  @CsvSource({"0, 1, 1", "1, 0, 1", "1, 1, 0"})
  void refusesValuesBelowOne(long maxOutputBytes, int maxRatio, int maxIdleWork) {
    assertThatThrownBy(() -> new InflateLimits(maxOutputBytes, maxRatio, maxIdleWork))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(" is 0, the least is 1");
  }

  @Test
  @DisplayName("PD-01 stops a bomb at the limit")
  void stopsABomb() {
    byte[] bomb = compressed(new byte[64 * MEBIBYTE]);
    assertThat(bomb.length).isBetween(65_000, 65_500);
    ByteBuffer out = ByteBuffer.allocate(2 * MEBIBYTE);
    var decoder = new InflateDecoder(15, true, DEFAULT, new InflateWorkspaces());

    InflateStatus status = decoder.inflate(ByteBuffer.wrap(bomb), true, out);

    assertThat(status).isEqualTo(InflateStatus.FAILED);
    assertThat(decoder.fault()).isEqualTo(InflateFault.OUTPUT_LIMIT);
    assertThat(out.position()).isEqualTo(MEBIBYTE);
    assertThat(out.get(MEBIBYTE)).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("PD-02 stops a bomb in 1,000 pieces")
  void stopsABombInPieces(boolean streamed) {
    byte[] bomb = compressed(new byte[64 * MEBIBYTE]);
    var way = new InflateWay(66, 66, 4_096, false, streamed);

    assertThat(way.inflate(15, true, DEFAULT, List.of(bomb)))
        .containsExactly(InflateOutcome.of(InflateFault.OUTPUT_LIMIT));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("PD-03 takes as many bytes as the limit, and none more")
  void takesAsManyBytesAsTheLimit(InflateSamples.Kind kind) {
    byte[] content = InflateSamples.content(kind, 1_500, new Random(1));
    List<byte[]> messages = List.of(compressed(content));

    for (int limit = 1_495; limit < 1_505; limit++) {
      var limits = new InflateLimits(limit, InflateLimits.ANY_RATIO, 1 << 16);
      InflateOutcome expected =
          limit < 1_500 ? InflateOutcome.of(InflateFault.OUTPUT_LIMIT) : InflateOutcome.of(content);
      assertThat(assertSameInEveryWay(15, true, limits, messages)).containsExactly(expected);
    }
  }

  @Test
  void countsEachMessageByItself() {
    byte[] message = compressed(new byte[1_000]);
    var limits = new InflateLimits(1_000, InflateLimits.ANY_RATIO, 300);

    assertThat(assertSameInEveryWay(15, false, limits, List.of(message, message, message)))
        .hasSize(3)
        .allSatisfy(outcome -> assertThat(outcome.fault()).isNull());
  }

  @ParameterizedTest
  @CsvSource({"400, RATIO_LIMIT", "2_000,"})
  void stopsWhatIsCompressedTooWell(String ratio, InflateFault fault) {
    var limits = new InflateLimits(MEBIBYTE, Integer.parseInt(ratio.replace("_", "")), 1 << 16);
    List<byte[]> messages = List.of(compressed(new byte[MEBIBYTE / 2]));

    for (InflateWay way : InflateWay.all()) {
      assertThat(way.inflate(15, true, limits, messages).getFirst().fault())
          .as("%s", way)
          .isEqualTo(fault);
    }
  }

  @Test
  void stopsWhatIsCompressedTooWellAtFirst() {
    byte[] zeros = new byte[100_000];
    byte[] noise = InflateSamples.content(InflateSamples.Kind.RANDOM, 50_000, new Random(1));
    byte[] message =
        new InflateBits()
            .bytes(compressed(zeros))
            .bytes(InflateBits.wire("00 00 ff ff"))
            .bytes(compressed(noise))
            .toBytes();
    var limits = new InflateLimits(MEBIBYTE, 100, 1 << 16);

    for (InflateWay way : InflateWay.all()) {
      assertThat(way.inflate(15, true, limits, List.of(message)))
          .containsExactly(InflateOutcome.of(InflateFault.RATIO_LIMIT));
    }
  }

  @Test
  void letsLittleBeCompressedWell() {
    var limits = new InflateLimits(MEBIBYTE, 1, 1 << 16);

    List<byte[]> messages = List.of(compressed(new byte[64 * 1024 - 300]));

    assertThat(InflateWay.WHOLE.inflate(15, true, limits, messages).getFirst().fault()).isNull();
  }

  @Test
  void looksAtTheRatioInStoredBlocks() {
    byte[] content = InflateSamples.content(InflateSamples.Kind.RANDOM, 60_000, new Random(1));
    byte[] message = new InflateBits().stored(0, content).stored(0, content).toMessage();
    var limits = new InflateLimits(MEBIBYTE, 1, 1 << 16);

    for (InflateWay way : InflateWay.all()) {
      assertThat(way.inflate(15, true, limits, List.of(message)).getFirst().fault()).isNull();
    }
  }

  @Test
  @DisplayName("PD-17 stops a megabyte of empty stored blocks")
  void stopsEmptyStoredBlocks() {
    var bits = new InflateBits();
    for (int i = 0; i < 200_000; i++) bits.stored(0, new byte[0]);
    byte[] message = bits.toMessage();

    for (InflateWay way : InflateWay.all()) {
      assertThat(way.inflate(15, true, DEFAULT, List.of(message)))
          .containsExactly(InflateOutcome.of(InflateFault.WORK_LIMIT));
    }
  }

  @Test
  void stopsCodesThatNobodyUses() {
    byte[] message = codesWithoutUse(3);
    // Each of the three blocks has 256 for its codes, the last one 8, and there is the input.
    int work = 3 * 256 + 8 + message.length;

    var enough = new InflateLimits(1, InflateLimits.ANY_RATIO, work);
    var less = new InflateLimits(1, InflateLimits.ANY_RATIO, work - 1);

    assertThat(assertSameInEveryWay(15, true, enough, List.of(message)))
        .containsExactly(InflateOutcome.of(""));
    assertThat(assertSameInEveryWay(15, true, less, List.of(message)))
        .containsExactly(InflateOutcome.of(InflateFault.WORK_LIMIT));
  }

  @Test
  void letsAMessageBeFlushedAfterEachByte() {
    var deflater = new Deflater(6, true);
    var bits = new InflateBits();
    for (int i = 0; i < 5_000; i++) {
      bits.bytes(Zlib.message(deflater, new byte[] {(byte) i}, Deflater.SYNC_FLUSH));
      bits.bytes(InflateBits.wire("00 00 ff ff"));
    }
    deflater.end();
    byte[] message = bits.toMessage();

    assertThat(InflateWay.WHOLE.inflate(15, true, DEFAULT, List.of(message)).getFirst().fault())
        .isNull();
  }

  // One code of one bit, which ends the block; no distances.
  private static byte[] codesWithoutUse(int blocks) {
    var bits = new InflateBits();
    for (int i = 0; i < blocks; i++) {
      // Codes of the lengths 1 and 18: 0 and 1.
      bits.header(0, 2).codeLengths(257, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
      bits.code("1").number(138 - 11, 7).code("1").number(118 - 11, 7).code("0").code("0");
      bits.code("0");
    }
    return bits.toMessage();
  }

  private static byte[] compressed(byte[] content) {
    var deflater = new Deflater(9, true);
    byte[] message = Zlib.message(deflater, content, Deflater.SYNC_FLUSH);
    deflater.end();
    return message;
  }
}
