package dev.priz.protocol.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.payloads.Zlib;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds {@link InflateDecoder} against zlib: the same output and the same fault, in any way that
 * the input may be split.
 *
 * <p>More rounds: {@code -Dpriz.inflate.rounds=1000000}.
 */
final class InflateReferenceTest {
  private static final int ROUNDS = Integer.getInteger("priz.inflate.rounds", 4_000);
  private static final int MAX_OUTPUT_BYTES = 20_000;
  private static final InflateLimits LIMITS =
      new InflateLimits(MAX_OUTPUT_BYTES, InflateLimits.ANY_RATIO, Integer.MAX_VALUE);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void agreesOnMutatedMessages(long seed) {
    var random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] first = InflateBits.wire("f2 48 cd c9 c9 07 00");
      assertAgree(List.of(first, mutated(compressed(random), random)), random, seed, round);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5})
  void agreesOnRandomBytes(long seed) {
    var random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = new byte[random.nextInt(1 << random.nextInt(9))];
      random.nextBytes(bytes);
      assertAgree(List.of(bytes), random, seed, round);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {6, 7})
  void agreesOnRandomCodes(long seed) {
    var random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      assertAgree(List.of(InflateRandomCodes.message(random)), random, seed, round);
    }
  }

  private static void assertAgree(List<byte[]> messages, Random random, long seed, int round) {
    var reference = new InflateReference(MAX_OUTPUT_BYTES);
    List<InflateOutcome> expected = messages.stream().map(reference::inflate).toList();
    List<InflateWay> ways =
        List.of(
            InflateWay.WHOLE,
            InflateWay.BYTE_BY_BYTE,
            InflateWay.random(random),
            InflateWay.random(random));
    for (InflateWay way : ways) {
      assertThat(way.inflate(15, true, LIMITS, messages))
          .as("seed %d, round %d, %s: %s", seed, round, way, hex(messages.getLast()))
          .isEqualTo(expected);
    }
  }

  private static byte[] compressed(Random random) {
    InflateSamples.Kind[] kinds = InflateSamples.Kind.values();
    int length = random.nextInt(1 << random.nextInt(13));
    byte[] content = InflateSamples.content(kinds[random.nextInt(kinds.length)], length, random);
    var deflater = new Deflater(random.nextInt(10), true);
    byte[] message = Zlib.message(deflater, content, Deflater.SYNC_FLUSH);
    deflater.end();
    return message;
  }

  private static byte[] mutated(byte[] message, Random random) {
    int changes = random.nextInt(3);
    byte[] mutated = message;
    for (int i = 0; i < changes && mutated.length > 0; i++) {
      // Most of the decisions are near the beginning.
      int at = random.nextInt(1 + random.nextInt(mutated.length));
      switch (random.nextInt(4)) {
        case 0 -> mutated[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> mutated[at] = (byte) random.nextInt();
        case 2 -> mutated = Arrays.copyOf(mutated, at);
        default -> {
          mutated = Arrays.copyOf(mutated, mutated.length + 1);
          System.arraycopy(mutated, at, mutated, at + 1, mutated.length - at - 1);
        }
      }
    }
    return mutated;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.ofDelimiter(" ").formatHex(bytes);
  }
}
