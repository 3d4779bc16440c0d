package dev.priz.protocol;

import static dev.priz.protocol.Wire.direct;
import static dev.priz.protocol.Wire.heap;
import static dev.priz.protocol.Wire.hex;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds {@link Connection} against {@link ReferenceDecoder} on random frames in random pieces. */
final class ConnectionReferenceTest {
  private static final int STREAMS = 50_000;
  // So narrow that random messages exceed them now and then; but control frames are not limited.
  private static final Limits NARROW =
      Limits.DEFAULT.maxMessageBytes(200).maxFragments(5).controlFrames(1_000_000, 1_000_000);

  @ParameterizedTest
  @CsvSource({"CLIENT, 1", "CLIENT, 2", "SERVER, 3", "SERVER, 4"})
  @DisplayName("FR-32 finds the same messages and the same faults as the reference")
  void agreesOnRandomFrames(Side side, long seed) {
    var random = new Random(seed);
    for (int stream = 0; stream < STREAMS; stream++) {
      byte[] wire = RandomFrames.next(side, random);

      List<Object> found = receiveInPieces(side, wire, random);

      assertThat(found)
          .as("seed %d, stream %d: %s", seed, stream, hex(wire))
          .isEqualTo(ReferenceDecoder.decode(side, NARROW, wire));
    }
  }

  @ParameterizedTest
  @CsvSource({"CLIENT, 5", "SERVER, 6"})
  void agreesOnNoise(Side side, long seed) {
    var random = new Random(seed);
    for (int stream = 0; stream < STREAMS; stream++) {
      byte[] wire = new byte[random.nextInt(40)];
      random.nextBytes(wire);

      List<Object> found = receiveInPieces(side, wire, random);

      assertThat(found)
          .as("seed %d, stream %d: %s", seed, stream, hex(wire))
          .isEqualTo(ReferenceDecoder.decode(side, NARROW, wire));
    }
  }

  @Test
  void meetsEveryFaultThatFramesCanHave() {
    var random = new Random(7);
    Set<Violation> met = EnumSet.noneOf(Violation.class);

    for (int stream = 0; stream < STREAMS; stream++) {
      for (Side side : Side.values()) {
        byte[] wire = RandomFrames.next(side, random);
        ReferenceDecoder.decode(side, NARROW, wire).stream()
            .filter(Violation.class::isInstance)
            .forEach(violation -> met.add((Violation) violation));
      }
    }

    assertThat(met)
        .containsExactlyInAnyOrderElementsOf(
            EnumSet.complementOf(
                EnumSet.of(
                    Violation.DEFLATE_MALFORMED,
                    Violation.DEFLATE_TOO_BIG,
                    Violation.DEFLATE_RATIO,
                    Violation.DEFLATE_WORK,
                    Violation.TOO_MANY_CONTROL_FRAMES,
                    Violation.OVERLOAD,
                    Violation.MESSAGE_TOO_SLOW,
                    Violation.KEEP_ALIVE_TIMEOUT)));
  }

  private static List<Object> receiveInPieces(Side side, byte[] wire, Random random) {
    Endpoint endpoint = Endpoint.open(side, NARROW);
    for (int at = 0; at < wire.length; ) {
      int left = wire.length - at;
      int length = random.nextInt(3) == 0 ? left : 1 + random.nextInt(Math.min(left, 20));
      byte[] piece = Arrays.copyOfRange(wire, at, at + length);
      ByteBuffer in = random.nextBoolean() ? heap(piece) : direct(piece);
      endpoint.receive(in);
      assertThat(in.hasRemaining()).isFalse();
      at += length;
    }
    return endpoint.events.stream().map(ConnectionReferenceTest::withoutDetail).toList();
  }

  private static Object withoutDetail(Event event) {
    return event instanceof Failed failed ? failed.violation() : event;
  }
}
