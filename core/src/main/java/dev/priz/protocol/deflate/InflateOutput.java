package dev.priz.protocol.deflate;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where a message's bytes go, and what distances reach back to: the message so far as it lies in
 * front of the space, and the window before that.
 */
final class InflateOutput {
  private static final byte[] NOTHING = {};

  byte[] bytes = NOTHING;
  // From here on lie bytes of the message; the window ends here.
  int start;
  int at;
  int end;
  private @Nullable InflateWindow window;
  private long before;

  /**
   * Begins a message.
   *
   * @param history what came before it
   */
  void begin(InflateWindow history) {
    window = history;
    before = -at;
  }

  /**
   * Goes on in another space, which is borrowed until {@link #drop}.
   *
   * @param first where the window ends
   */
  void space(byte[] space, int first, int from, int to) {
    before += at - from;
    bytes = space;
    start = first;
    at = from;
    end = to;
  }

  /** Forgets the window. */
  void forget() {
    window = null;
  }

  /** Forgets the space. */
  void drop() {
    bytes = NOTHING;
    before += at;
    start = 0;
    at = 0;
    end = 0;
  }

  /** How many bytes the message has so far. */
  long produced() {
    return before + at;
  }

  /** How far a distance may reach, if there are so many bytes. */
  int maxDistance() {
    return window().maxBytes();
  }

  /** How many bytes there are in front of {@link #start}. */
  int earlier() {
    return window().size();
  }

  /** Whether there is a byte so far back. */
  boolean reaches(int distance) {
    return distance <= maxDistance() && distance - (at - start) <= earlier();
  }

  /**
   * Repeats what {@link #reaches} has found.
   *
   * @return how many bytes of it had room
   */
  int repeat(int distance, int length) {
    int fitting = Math.min(length, end - at);
    repeatAt(at, distance, fitting);
    at += fitting;
    return fitting;
  }

  /** Repeats bytes at a place of the space without taking note of it. */
  void repeatAt(int place, int distance, int length) {
    int to = place;
    int left = length;
    int back = distance - (place - start);
    if (back > 0) {
      int inWindow = Math.min(back, length);
      window().copy(back, bytes, to, inWindow);
      to += inWindow;
      left -= inWindow;
    }
    if (left == 0) return;
    if (distance == 1) {
      Arrays.fill(bytes, to, to + left, bytes[to - 1]);
    } else if (distance >= left) {
      System.arraycopy(bytes, to - distance, bytes, to, left);
    } else {
      // The bytes that are repeated may be among those that are being written.
      for (int stop = to + left; to < stop; to++) bytes[to] = bytes[to - distance];
    }
  }

  private InflateWindow window() {
    assert window != null : "no message";
    return window;
  }
}
