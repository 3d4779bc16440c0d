package dev.priz.protocol.deflate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The bits of a message, the least significant of each byte first (RFC 1951 §3.1.1), out of pieces
 * of any size; and at its end those that the sender left out (RFC 7692 §7.2.2).
 *
 * <p>The lowest {@link #count} ones of {@link #bits} have been taken out of the bytes and wait to
 * be used. Those above are zeros or bits that come next: taking eight bytes at once finds more than
 * it counts, and finds them again the next time.
 */
final class InflateInput {
  static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** How many bytes may be read behind the end, once {@link #nearsEnd} has been called there. */
  static final int SLACK_BYTES = 2 * Long.BYTES;

  private static final byte[] NOTHING = {};
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  // RFC 7692 §7.2.2: "Append 4 octets of 0x00 0x00 0xff 0xff to the tail end"
  private static final int TAIL = 0xffff_0000;
  private static final int MAX_LAST_BYTES = 32;

  // The last bytes of the message, the tail, and what may be read but not used.
  private final byte[] ending = new byte[MAX_LAST_BYTES + Integer.BYTES + SLACK_BYTES];
  private boolean last;
  private boolean inEnding;
  byte[] bytes = NOTHING;
  int at;
  int end;
  long bits;
  int count;
  // The bytes of the message before bytes[0], as it were.
  private long before;

  /** Begins a message. */
  void begin() {
    bytes = NOTHING;
    at = 0;
    end = 0;
    bits = 0;
    count = 0;
    before = 0;
    last = false;
    inEnding = false;
  }

  /**
   * Goes on with the next bytes, which are borrowed until {@link #drop}.
   *
   * @param isLast whether the message ends with them
   */
  void piece(byte[] piece, int from, int to, boolean isLast) {
    if (inEnding) {
      if (from < to) throw new IllegalArgumentException("input after the last of the message");
      return;
    }
    before += at - from;
    bytes = piece;
    at = from;
    end = to;
    last = isLast;
    nearsEnd(MAX_LAST_BYTES);
  }

  /** Forgets the bytes of the piece. */
  void drop() {
    if (inEnding) return;
    bytes = NOTHING;
    before += at;
    at = 0;
    end = 0;
  }

  /** Whether all bytes of the message have been taken out of its last piece. */
  boolean inEnding() {
    return inEnding;
  }

  /**
   * Takes what is left of the message out of its last piece, if it is not more than so many bytes,
   * and adds the tail.
   *
   * @param leftBytes at most 32
   * @return whether there is a {@link #SLACK_BYTES slack} behind the end now
   */
  boolean nearsEnd(int leftBytes) {
    if (!last || end - at > leftBytes) return inEnding;
    if (inEnding) return true;
    int left = end - at;
    System.arraycopy(bytes, at, ending, 0, left);
    INTS.set(ending, left, TAIL);
    bytes = ending;
    inEnding = true;
    before += at;
    at = 0;
    end = left + Integer.BYTES;
    return true;
  }

  /** Whether nothing is left but the tail. */
  boolean isAtTail() {
    return nearsEnd(0) && (end - at) * Byte.SIZE + count == Integer.SIZE;
  }

  /** Whether nothing is left, not even of the tail. */
  boolean isAtEnd() {
    return inEnding && at == end && count == 0;
  }

  /** How many bytes of the message have been used, each from its first bit on. */
  long used() {
    return before + at - (count >>> 3);
  }

  /** Whether so many bits can be used, 48 at most. */
  boolean has(int wanted) {
    if (count < wanted) refill();
    return count >= wanted;
  }

  /** Takes as many whole bytes as are there and fit. */
  void refill() {
    if (at <= end - Long.BYTES) {
      bits |= (long) LONGS.get(bytes, at) << count;
      at += (63 - count) >>> 3;
      count |= 56;
      return;
    }
    nearsEnd(Long.BYTES - 1);
    for (; count <= 55 && at < end; count += 8) bits |= (bytes[at++] & 0xFFL) << count;
  }

  /** Uses bits of which {@link #has} said that they are there, 16 at most. */
  int take(int wanted) {
    int taken = (int) bits & ((1 << wanted) - 1);
    skip(wanted);
    return taken;
  }

  /** Uses bits without looking at them. */
  void skip(int unwanted) {
    bits >>>= unwanted;
    count -= unwanted;
  }

  /** Skips to the next boundary of a byte. */
  void align() {
    skip(count & 7);
  }

  /**
   * Uses whole bytes, from the boundary of a byte on.
   *
   * @param most how many at most
   * @return how many
   */
  int takeBytes(byte[] out, int from, int most) {
    int taken = 0;
    while (count > 0 && taken < most) out[from + taken++] = (byte) take(8);
    if (count > 0) return taken;
    bits = 0;
    nearsEnd(0);
    int copied = Math.min(end - at, most - taken);
    System.arraycopy(bytes, at, out, from + taken, copied);
    at += copied;
    return taken + copied;
  }
}
