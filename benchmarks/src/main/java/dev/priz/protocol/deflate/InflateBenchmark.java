package dev.priz.protocol.deflate;

import dev.priz.payloads.PayloadKind;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The decompressing of messages that came whole, beside the JDK's. The messages are all different,
 * because the same one again and again teaches the processor its branches.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class InflateBenchmark {
  private static final int ALL_BYTES = 2 << 20;
  private static final int MAX_MESSAGES = 1_024;

  /** Bytes in the decompressed message. */
  @Param({"64", "256", "1024", "16384", "1048576"})
  public int bytes;

  private final InflateLimits limits =
      new InflateLimits(2 << 20, InflateLimits.ANY_RATIO, 64 * 1024);
  private final InflateDecoder decoder =
      new InflateDecoder(15, false, limits, new InflateWorkspaces());
  private final Inflater inflater = new Inflater(true);
  private final ByteBuffer out = ByteBuffer.allocate(2 << 20);
  private ByteBuffer[] messages = {};
  private byte[][] withTails = {};
  private int next;

  /** Makes the messages. */
  @Setup
  public void compress() {
    int count = Math.min(MAX_MESSAGES, Math.max(2, ALL_BYTES / bytes));
    messages = new ByteBuffer[count];
    withTails = new byte[count][];
    var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    byte[] space = new byte[2 << 20];
    for (int i = 0; i < count; i++) {
      deflater.setInput(PayloadKind.CHAT.payload(bytes, i));
      int length = deflater.deflate(space, 0, space.length, Deflater.SYNC_FLUSH);
      deflater.reset();
      withTails[i] = Arrays.copyOf(space, length);
      messages[i] = ByteBuffer.wrap(Arrays.copyOf(space, length - 4));
    }
    deflater.end();
  }

  /** Ours. */
  @Benchmark
  public int priz() {
    next = next == messages.length - 1 ? 0 : next + 1;
    InflateStatus status = decoder.inflate(messages[next].rewind(), true, out.clear());
    if (status != InflateStatus.MESSAGE_ENDED) throw new AssertionError(status);
    return out.position();
  }

  /** The JDK's, with the end of the message already appended. */
  @Benchmark
  public int jdk() throws DataFormatException {
    next = next == messages.length - 1 ? 0 : next + 1;
    inflater.reset();
    inflater.setInput(withTails[next]);
    return inflater.inflate(out.array());
  }
}
