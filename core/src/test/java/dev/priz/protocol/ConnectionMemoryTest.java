package dev.priz.protocol;

import static dev.priz.protocol.Wire.MASK_KEY;
import static dev.priz.protocol.Wire.bytes;
import static dev.priz.protocol.Wire.frameTo;
import static dev.priz.protocol.Wire.join;
import static dev.priz.protocol.Wire.letters;
import static dev.priz.protocol.Wire.repeat;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@link Connection} allocates, counted by the JVM. */
final class ConnectionMemoryTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Scratch scratch = new Scratch();

  @ParameterizedTest
  @EnumSource
  @DisplayName("FR-06, RS-01 allocates nothing on a declared length")
  void allocatesNothingOnADeclaredLength(Side side) {
    ByteBuffer header = ByteBuffer.wrap(frameTo(side, "82 7f 00 00 00 00 00 10 00 00", ""));

    long allocated = allocatedBy(side, connection -> receive(connection, header, 1));

    assertThat(allocated).isLessThan(500);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("FR-21, RS-06 holds at most twice of what has arrived byte by byte")
  void holdsAtMostTwiceOfWhatHasArrived(Side side) {
    byte[] frame = frameTo(side, "82 7f 00 00 00 00 00 01 00 00", bytes(65_536));
    ByteBuffer lastByteMissing = ByteBuffer.wrap(frame, 0, frame.length - 1);

    long allocated = allocatedBy(side, connection -> receive(connection, lastByteMissing, 1));

    // All arrays on the way, from one byte on, each twice as long as the one before.
    assertThat(allocated).isLessThan(2 * 65_536 + 2_000);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("RS-04 holds little for many small fragments")
  void holdsLittleForManySmallFragments(Side side) {
    byte[] first = frameTo(side, "02 01", "61");
    byte[] others = repeat(1_000, frameTo(side, "00 01", "61"));
    ByteBuffer in = ByteBuffer.wrap(join(first, others));

    long allocated = allocatedBy(side, connection -> receive(connection, in, 100));

    assertThat(allocated).isLessThan(5_000);
  }

  @ParameterizedTest
  @EnumSource
  void allocatesNoMoreForASmallMessageThanTheApplicationReceives(Side side) {
    ByteBuffer in = ByteBuffer.wrap(repeat(1_000, frameTo(side, "82 10", bytes(16))));

    long allocated = allocatedBy(side, connection -> receive(connection, in, in.capacity()));

    // A record and an array of 16 bytes, each with its head.
    assertThat(allocated).isLessThan(1_000 * (16 + 32) + 500);
  }

  @ParameterizedTest
  @EnumSource
  void allocatesNoMoreForASmallTextThanTheApplicationReceives(Side side) {
    byte[] frame = frameTo(side, "81 10", letters(16));
    ByteBuffer in = ByteBuffer.wrap(repeat(1_000, frame));

    long allocated = allocatedBy(side, connection -> receive(connection, in, frame.length));

    // A record, a string and an array of 16 bytes, each with its head.
    assertThat(allocated).isLessThan(1_000 * (16 + 24 + 32) + 500);
  }

  // The first rounds, which also load classes, are not counted.
  private long allocatedBy(Side side, Consumer<Connection> input) {
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      var connection =
          new Connection(side, Limits.DEFAULT, Timeouts.DEFAULT, () -> MASK_KEY, scratch, 0);
      long before = THREADS.getCurrentThreadAllocatedBytes();
      input.accept(connection);
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }

  private static void receive(Connection connection, ByteBuffer input, int chunkBytes) {
    ByteBuffer in = input.duplicate();
    int end = in.limit();
    while (in.position() < end) {
      in.limit(Math.min(end, in.position() + chunkBytes));
      while (in.hasRemaining()) connection.receive(in, 0);
    }
  }
}
