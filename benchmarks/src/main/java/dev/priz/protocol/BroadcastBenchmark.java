package dev.priz.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One text of 64 bytes to 1,000 connections of a server, without their sockets. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class BroadcastBenchmark {
  private static final int CONNECTIONS = 1_000;

  private final String text = "a".repeat(64);
  private final PreparedMessage prepared = PreparedMessage.text(text);
  private final ByteBuffer out = ByteBuffer.allocateDirect(128);
  private final List<Connection> connections = new ArrayList<>();

  /** Opens the connections. */
  @Setup
  public void open() {
    var scratch = new Scratch();
    for (int i = 0; i < CONNECTIONS; i++) {
      connections.add(
          new Connection(Side.SERVER, Limits.DEFAULT, Timeouts.DEFAULT, () -> 0, scratch, 0));
    }
  }

  /** Encoded once. */
  @Benchmark
  public ByteBuffer prepared() {
    for (Connection connection : connections) connection.send(prepared, out.clear());
    return out;
  }

  /** Encoded for each, to compare. */
  @Benchmark
  public ByteBuffer unprepared() {
    int bytes = Connection.textBytes(text);
    for (Connection connection : connections) connection.sendText(text, bytes, out.clear());
    return out;
  }
}
