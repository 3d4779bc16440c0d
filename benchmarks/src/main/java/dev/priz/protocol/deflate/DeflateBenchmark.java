package dev.priz.protocol.deflate;

import dev.priz.payloads.PayloadKind;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

/** The compression of a message that stands alone, of many different ones in turn. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DeflateBenchmark {
  // So many that no processor learns their branches by heart.
  private static final int MAX_TOTAL_BYTES = 4_000_000;
  private static final int MAX_COUNT = 2_000;

  /** What compresses. */
  @Param({"priz", "jdk-1", "jdk-6", "jzlib-1"})
  public String compressor = "";

  /** What the messages are. */
  @Param public PayloadKind kind = PayloadKind.CHAT;

  /** Bytes in a message. */
  @Param({"64", "256", "1024", "16384", "1048576"})
  public int bytes;

  private Compressor compression = message -> 0;
  private List<byte[]> messages = List.of();
  private int next;

  /** Makes the messages. */
  @Setup
  public void fill() {
    compression = Compressor.named(compressor);
    messages = messages(kind, bytes);
  }

  /** One message. */
  @Benchmark
  public int compress() {
    if (next == messages.size()) next = 0;
    return compression.compress(messages.get(next++));
  }

  static List<byte[]> messages(PayloadKind kind, int bytes) {
    return kind.payloads(bytes, Math.max(4, Math.min(MAX_COUNT, MAX_TOTAL_BYTES / bytes)));
  }
}
