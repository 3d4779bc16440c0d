package dev.priz.benchmarks.soak;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How long a thread has waited for a processor while it could have run, as Linux counts it. For use
 * by that thread.
 */
final class ProcessorWait {
  // The time on a processor, the time spent waiting for one, and the number of turns.
  private static final Path FILE = Path.of("/proc/thread-self/schedstat");
  private static final int MOST_BYTES = 100;

  private final @Nullable FileChannel file = open();
  private final ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES);

  /** The time since the thread began; 0 where nobody counts it. */
  long nanos() {
    if (file == null) return 0;
    try {
      int length = file.read(bytes.clear(), 0);
      String text = new String(bytes.array(), 0, Math.max(0, length), StandardCharsets.US_ASCII);
      return Long.parseLong(text.split(" ", -1)[1]);
    } catch (IOException notCounted) {
      return 0;
    }
  }

  // The name stands for the thread that opens the file, from then on.
  private static @Nullable FileChannel open() {
    try {
      return FileChannel.open(FILE);
    } catch (IOException notCounted) {
      return null;
    }
  }
}
