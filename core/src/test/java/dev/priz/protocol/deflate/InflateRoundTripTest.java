package dev.priz.protocol.deflate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.payloads.Zlib;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the JDK compresses comes out as it was. */
final class InflateRoundTripTest {
  private static final InflateLimits LIMITS =
      new InflateLimits(2 << 20, InflateLimits.ANY_RATIO, 64 * 1024);
  private static final int[] STRATEGIES = {
    Deflater.DEFAULT_STRATEGY, Deflater.FILTERED, Deflater.HUFFMAN_ONLY
  };

  private final Random random = new Random(7);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void decompressesEachLevelAndStrategy(int level) {
    for (int strategy : STRATEGIES) {
      for (InflateSamples.Kind kind : InflateSamples.Kind.values()) {
        assertRoundTrips(level, strategy, true, contents(kind, 12, 3_000));
        assertRoundTrips(level, strategy, false, contents(kind, 4, 3_000));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void decompressesHundredsOfMessages(InflateSamples.Kind kind) {
    assertRoundTrips(6, Deflater.DEFAULT_STRATEGY, true, contents(kind, 400, 1_500));
  }

  @ParameterizedTest
  @EnumSource
  void decompressesEachSmallSize(InflateSamples.Kind kind) {
    var contents = new ArrayList<byte[]>();
    for (int size = 0; size <= 600; size++) {
      contents.add(InflateSamples.content(kind, size, random));
    }

    assertRoundTrips(9, Deflater.DEFAULT_STRATEGY, true, contents);
    assertRoundTrips(1, Deflater.DEFAULT_STRATEGY, false, contents);
  }

  @ParameterizedTest
  @EnumSource
  void decompressesSizesAroundTheWindowAndLargeOnes(InflateSamples.Kind kind) {
    var contents = new ArrayList<byte[]>();
    for (int size : new int[] {32_767, 32_768, 32_769, 65_535, 65_536, 65_537, 1 << 20, 5}) {
      contents.add(InflateSamples.content(kind, size, random));
    }

    assertRoundTrips(6, Deflater.DEFAULT_STRATEGY, true, contents);
    assertRoundTrips(1, Deflater.DEFAULT_STRATEGY, false, contents);
  }

  @Test
  void decompressesAMessageThatWasFlushedInside() {
    var deflater = new Deflater(6, true);
    byte[] text = "some text".getBytes(UTF_8);
    byte[] first = Zlib.message(deflater, text, Deflater.SYNC_FLUSH);
    byte[] second = Zlib.message(deflater, text, Deflater.FULL_FLUSH);
    byte[] third = Zlib.message(deflater, text, Deflater.SYNC_FLUSH);
    deflater.end();
    byte[] tail = InflateBits.wire("00 00 ff ff");
    byte[] message =
        new InflateBits().bytes(first).bytes(tail).bytes(second).bytes(tail).bytes(third).toBytes();

    assertThat(InflateWay.assertSameInEveryWay(message))
        .isEqualTo(InflateOutcome.of("some textsome textsome text"));
  }

  private List<byte[]> contents(InflateSamples.Kind kind, int count, int maxBytes) {
    var contents = new ArrayList<byte[]>();
    for (int i = 0; i < count; i++) {
      contents.add(InflateSamples.content(kind, random.nextInt(maxBytes), random));
    }
    return contents;
  }

  private void assertRoundTrips(int level, int strategy, boolean takeover, List<byte[]> contents) {
    var deflater = new Deflater(level, true);
    deflater.setStrategy(strategy);
    var messages = new ArrayList<byte[]>();
    var expected = new ArrayList<InflateOutcome>();
    for (byte[] content : contents) {
      messages.add(Zlib.message(deflater, content, Deflater.SYNC_FLUSH));
      expected.add(InflateOutcome.of(content));
      if (!takeover) deflater.reset();
    }
    deflater.end();

    assertInflates(InflateWay.WHOLE, takeover, messages, expected);
    assertInflates(InflateWay.BYTE_BY_BYTE, takeover, messages, expected);
    for (int i = 0; i < 6; i++) {
      assertInflates(InflateWay.random(random), takeover, messages, expected);
    }
  }

  private static void assertInflates(
      InflateWay way, boolean takeover, List<byte[]> messages, List<InflateOutcome> expected) {
    List<InflateOutcome> outcomes = way.inflate(15, takeover, LIMITS, messages);
    // Not by the list, which would be printed.
    for (int i = 0; i < expected.size(); i++) {
      assertThat(outcomes.get(i).equals(expected.get(i))).as("message %d, %s", i, way).isTrue();
    }
  }
}
