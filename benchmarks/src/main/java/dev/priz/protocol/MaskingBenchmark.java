package dev.priz.protocol;

import java.nio.ByteBuffer;
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

/** The XOR of a payload: out of the network's buffer, and in place. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class MaskingBenchmark {
  private static final int KEY = 0x37fa213d;

  /** Bytes in the payload. */
  @Param({"20", "125", "1024", "65536"})
  public int bytes;

  private ByteBuffer network = ByteBuffer.allocate(0);
  private byte[] payload = {};

  /** Fills the buffers. */
  @Setup
  public void fill() {
    // Off a word's boundary, as payloads are behind their headers.
    network = ByteBuffer.allocateDirect(6 + bytes);
    payload = new byte[bytes];
  }

  /** A server's reading: from a direct buffer into the message. */
  @Benchmark
  public byte[] copy() {
    network.position(6);
    Masking.copy(KEY, network, bytes, payload, 0);
    return payload;
  }

  /** A client's writing: in the direct buffer that goes to the socket. */
  @Benchmark
  public ByteBuffer apply() {
    Masking.apply(KEY, network, 6, 6 + bytes);
    return network;
  }
}
