package dev.priz.protocol.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.priz.payloads.PayloadKind;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Input that is as bad or as good as can be, and what compression costs beside time. */
final class DeflateExtremesTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final DeflateOutput output = new DeflateOutput();

  @ParameterizedTest
  @EnumSource
  void limitsTheLengthOfCodes(DeflateLevel level) {
    DeflateEncoder encoder = new DeflateEncoder(level);
    for (int symbols = 5; symbols <= 24; symbols++) {
      byte[] message = Samples.fibonacci(symbols);

      assertThat(JdkInflater.inflateAlone(compress(encoder, message))).isEqualTo(message);
    }
  }

  @ParameterizedTest
  @EnumSource
  void makesAlmostNothingOfEqualBytes(DeflateLevel level) {
    byte[] payload = compress(new DeflateEncoder(level), new byte[1 << 20]);

    assertThat(payload.length).isLessThan(5_000);
  }

  @ParameterizedTest
  @EnumSource
  void neverGrowsBeyondStoredBlocks(DeflateLevel level) {
    DeflateEncoder encoder = new DeflateEncoder(level);
    for (int bytes : new int[] {1, 10, 100, 65_535, 65_536, 131_070, 131_071, 1 << 20}) {
      byte[] payload = compress(encoder, PayloadKind.RANDOM.payload(bytes, bytes));

      assertThat((long) payload.length).isLessThanOrEqualTo(DeflateEncoder.maxBytes(bytes));
    }
  }

  @ParameterizedTest
  @EnumSource
  void neverGrowsWhereGoodAndBadBlocksTakeTurns(DeflateLevel level) {
    byte[] message = PayloadKind.RANDOM.payload(1 << 20, 1);
    // A little of what can be compressed in every other block.
    for (int at = 0; at < message.length; at += 2 * Sequences.MAX_RAW_BYTES) {
      for (int i = 0; i < 40; i++) message[at + i] = 'a';
    }

    byte[] payload = compress(new DeflateEncoder(level), message);

    assertThat((long) payload.length).isLessThanOrEqualTo(DeflateEncoder.maxBytes(1 << 20));
    assertThat(JdkInflater.inflateAlone(payload)).isEqualTo(message);
  }

  @ParameterizedTest
  @EnumSource
  void leavesNoGarbage(DeflateLevel level) {
    DeflateEncoder encoder = new DeflateEncoder(level);
    DeflateHistory history = new DeflateHistory(12);
    List<byte[]> messages = PayloadKind.CHAT.payloads(2000, 50);
    compressAll(encoder, history, messages);

    long before = THREADS.getCurrentThreadAllocatedBytes();
    compressAll(encoder, history, messages);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;

    // An iterator or two for the lists of this test.
    assertThat(allocated).isLessThan(500);
  }

  @Test
  void givesBackWhatALongMessageNeeded() {
    DeflateEncoder encoder = new DeflateEncoder(DeflateLevel.FASTEST);
    compress(encoder, PayloadKind.RANDOM.payload(100_000, 1));
    output.truncate(10);

    output.trim(4096);

    assertThat(output.bytes()).hasSize(4096);
    assertThat(output.length()).isEqualTo(10);
  }

  private void compressAll(DeflateEncoder encoder, DeflateHistory history, List<byte[]> messages) {
    for (byte[] message : messages) {
      output.truncate(0);
      encoder.compress(15, message, 0, message.length, output);
      output.truncate(0);
      encoder.compress(history, message, 0, message.length, output);
      output.truncate(0);
      encoder.compressPiece(history, message, 0, message.length, output);
    }
  }

  private byte[] compress(DeflateEncoder encoder, byte[] message) {
    output.truncate(0);
    encoder.compress(15, message, 0, message.length, output);
    return output.copy();
  }
}
