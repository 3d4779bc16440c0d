package dev.priz.netty;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Released buffers that wait for their next use, the last one first. What a busy moment left and
 * nobody needs any more goes with {@link #trim}.
 */
final class Spares<B extends ReusedBuffer> {
  private final ArrayDeque<B> waiting = new ArrayDeque<>();
  private final int most;
  // How few have waited at any time since the last trim: so many too many there are.
  private int fewest;

  /**
   * None yet.
   *
   * @param most how many may wait; what is kept beyond them is garbage
   */
  Spares(int most) {
    this.most = most;
  }

  /** The buffer that was kept last, or null. */
  @Nullable B take() {
    B last = waiting.poll();
    fewest = Math.min(fewest, waiting.size());
    return last;
  }

  void keep(B buffer) {
    if (waiting.size() < most) waiting.push(buffer);
  }

  /** Lets go of as many as nobody needed since the last call. */
  void trim() {
    for (; fewest > 0; fewest--) waiting.removeLast();
    fewest = waiting.size();
  }
}
