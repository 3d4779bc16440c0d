package dev.priz.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;

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

/** A server's whole work on one read, without its socket: bytes in, messages, bytes out. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class EchoBenchmark {
  /** What one read brings. */
  @Param public Read read = Read.TEXT_20;

  private final Connection connection =
      new Connection(Side.SERVER, Limits.DEFAULT, Timeouts.DEFAULT, () -> 0, new Scratch(), 0);
  private ByteBuffer in = ByteBuffer.allocate(0);
  private ByteBuffer out = ByteBuffer.allocate(0);

  /** Messages of one kind and size. */
  public enum Read {
    /** One text of 20 bytes. */
    TEXT_20(Opcode.TEXT, 20, 1),
    /** One binary message of 20 bytes. */
    BINARY_20(Opcode.BINARY, 20, 1),
    /** One binary message of 1 KiB. */
    BINARY_1024(Opcode.BINARY, 1024, 1),
    /** One text of 1 KiB. */
    TEXT_1024(Opcode.TEXT, 1024, 1),
    /** 16 texts of 20 bytes at once. */
    SIXTEEN_TEXTS_20(Opcode.TEXT, 20, 16);

    private final Opcode opcode;
    private final int bytes;
    private final int count;

    Read(Opcode opcode, int bytes, int count) {
      this.opcode = opcode;
      this.bytes = bytes;
      this.count = count;
    }
  }

  /** Makes the frames. */
  @Setup
  public void fill() {
    in = Frames.fromClient(read.opcode, "a".repeat(read.bytes).getBytes(US_ASCII), read.count);
    out = ByteBuffer.allocateDirect(in.capacity());
  }

  /** One read, answered. */
  @Benchmark
  public ByteBuffer echo() {
    in.rewind();
    out.clear();
    for (Event event; (event = connection.receive(in, 0)) != null; ) {
      switch (event) {
        case Text text -> connection.sendText(text.text(), Connection.textBytes(text.text()), out);
        case Binary binary -> connection.send(Opcode.BINARY, true, true, binary.data(), out);
        default -> throw new AssertionError(event);
      }
    }
    return out;
  }
}
