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

/** The taking apart of one masked frame: header and payload. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class FrameReaderBenchmark {
  /** Bytes in the payload: one for each form of the length, and a small one. */
  @Param({"20", "125", "1024", "65536"})
  public int bytes;

  private final FrameReader reader = new FrameReader(Side.SERVER);
  private ByteBuffer network = ByteBuffer.allocate(0);
  private byte[] payload = {};

  /** Makes the frame. */
  @Setup
  public void fill() {
    network = Frames.fromClient(Opcode.BINARY, new byte[bytes], 1);
    payload = new byte[bytes];
  }

  /** Header and payload of a frame that has come whole. */
  @Benchmark
  public byte[] read() {
    network.rewind();
    Violation violation = reader.receiveHeader(network);
    if (violation != null) throw new AssertionError(violation);
    reader.receivePayload(network, bytes, payload, 0);
    reader.endFrame();
    return payload;
  }
}
