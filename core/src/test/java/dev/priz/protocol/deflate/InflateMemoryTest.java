package dev.priz.protocol.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.priz.payloads.Zlib;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What decompressing allocates, and so what a connection can hold. */
final class InflateMemoryTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final InflateWorkspaces workspaces = new InflateWorkspaces();
  private final ByteBuffer out = ByteBuffer.allocate(1 << 20);
  private final ByteBuffer message = message(8_000);

  @ParameterizedTest
  @CsvSource({"true, false", "false, false", "true, true", "false, true"})
  void allocatesNothingForAMessage(boolean takeover, boolean streamed) {
    var decoder = new InflateDecoder(15, takeover, InflateLimits.DEFAULT, workspaces);
    if (streamed) decoder.streamMessages(InflateLimits.DEFAULT);
    for (int i = 0; i < 50; i++) inflate(decoder, message, Integer.MAX_VALUE);

    assertThat(allocatedBy(() -> inflate(decoder, message, Integer.MAX_VALUE))).isZero();
  }

  @Test
  void allocatesNothingForAMessageInPieces() {
    var decoder = new InflateDecoder(12, true, InflateLimits.DEFAULT, workspaces);
    for (int i = 0; i < 50; i++) inflate(decoder, message, 10);

    assertThat(allocatedBy(() -> inflate(decoder, message, 10))).isZero();
  }

  @ParameterizedTest
  @CsvSource({"8, 500", "12, 4_500", "15, 33_000"})
  void holdsTheWindowBetweenMessages(int windowBits, String most) {
    inflate(decoder(windowBits, true), message, Integer.MAX_VALUE);

    long allocated =
        allocatedBy(() -> inflate(decoder(windowBits, true), message, Integer.MAX_VALUE));

    // With what the window was before it had grown.
    assertThat(allocated).isLessThan(Long.parseLong(most.replace("_", "")));
  }

  @Test
  void holdsNothingBetweenMessagesWithoutTakeover() {
    inflate(decoder(15, false), message, Integer.MAX_VALUE);

    long allocated = allocatedBy(() -> inflate(decoder(15, false), message, Integer.MAX_VALUE));

    assertThat(allocated).isLessThan(150);
  }

  @Test
  void holdsAsMuchOfTheWindowAsThereWas() {
    ByteBuffer small = message(100);
    inflate(decoder(15, true), small, Integer.MAX_VALUE);

    long allocated = allocatedBy(() -> inflate(decoder(15, true), small, Integer.MAX_VALUE));

    assertThat(allocated).isLessThan(500);
  }

  @ParameterizedTest
  @ValueSource(ints = {60, Integer.MAX_VALUE})
  @DisplayName("PD-01, PD-02 allocates little for a bomb")
  void allocatesLittleForABomb(int pieceBytes) {
    ByteBuffer bomb = compressed(new byte[64 << 20]);

    long allocated =
        allocatedBy(() -> {
          var decoder = new InflateDecoder(15, true, InflateLimits.DEFAULT, workspaces);
          inflate(decoder, bomb, pieceBytes);
        });

    assertThat(allocated).isLessThan(20_000);
  }

  private InflateDecoder decoder(int windowBits, boolean takeover) {
    return new InflateDecoder(windowBits, takeover, InflateLimits.DEFAULT, workspaces);
  }

  private void inflate(InflateDecoder decoder, ByteBuffer in, int pieceBytes) {
    in.rewind();
    out.clear();
    int end = in.limit();
    InflateStatus status = InflateStatus.INPUT_USED;
    while (status == InflateStatus.INPUT_USED) {
      in.limit((int) Math.min(end, (long) in.position() + pieceBytes));
      status = decoder.inflate(in, in.limit() == end, out);
    }
    in.limit(end);
  }

  // The least of some rounds: the first ones also load classes.
  private static long allocatedBy(Runnable action) {
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      action.run();
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }

  private static ByteBuffer message(int bytes) {
    return compressed(InflateSamples.content(InflateSamples.Kind.JSON, bytes, new Random(3)));
  }

  private static ByteBuffer compressed(byte[] content) {
    return ByteBuffer.wrap(Zlib.message(content));
  }
}
