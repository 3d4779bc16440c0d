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

/** The putting together of one frame in a direct buffer. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class FrameWriterBenchmark {
  /** Bytes in the payload. */
  @Param({"20", "125", "1024", "65536"})
  public int bytes;

  /** Who writes: a client masks. */
  @Param public Side side = Side.SERVER;

  private FrameWriter writer = new FrameWriter(Side.SERVER, () -> 0, new Scratch());
  private ByteBuffer network = ByteBuffer.allocate(0);
  private byte[] payload = {};
  private String text = "";

  /** Makes payload and room. */
  @Setup
  public void fill() {
    writer = new FrameWriter(side, () -> 0x37fa213d, new Scratch());
    network = ByteBuffer.allocateDirect(FrameWriter.MAX_HEADER_BYTES + bytes);
    payload = new byte[bytes];
    text = "a".repeat(bytes);
  }

  /** A binary message. */
  @Benchmark
  public ByteBuffer binary() {
    writer.write(Opcode.BINARY, true, false, payload, bytes, network.clear());
    return network;
  }

  /** A text of ASCII, counted and encoded. */
  @Benchmark
  public ByteBuffer text() {
    writer.writeText(text, Utf8Encoder.length(text), network.clear());
    return network;
  }
}
