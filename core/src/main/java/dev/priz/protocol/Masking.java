package dev.priz.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The XOR that hides a client's payloads from proxies (RFC 6455 §5.3): byte {@code i} of a payload
 * goes with byte {@code i} mod 4 of the key, most significant byte first. The key 0 leaves bytes as
 * they are.
 */
final class Masking {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Masking() {}

  /**
   * Copies bytes out of a buffer and masks or unmasks them on the way.
   *
   * @param in borrowed, big-endian; its position moves past the bytes
   * @param out borrowed
   */
  static void copy(int key, ByteBuffer in, int length, byte[] out, int outFrom) {
    if (key == 0) {
      in.get(out, outFrom, length);
      return;
    }
    int inFrom = in.position();
    long wideKey = widen(key);
    int done = 0;
    for (; done <= length - Long.BYTES; done += Long.BYTES) {
      LONGS.set(out, outFrom + done, in.getLong(inFrom + done) ^ wideKey);
    }
    for (int turned = key; done < length; done++, turned = Integer.rotateLeft(turned, 8)) {
      out[outFrom + done] = (byte) (in.get(inFrom + done) ^ turned >>> 24);
    }
    in.position(inFrom + length);
  }

  /** Masks the bytes of a buffer between two indices in place; the buffer is big-endian. */
  static void apply(int key, ByteBuffer buffer, int from, int to) {
    if (key == 0) return;
    long wideKey = widen(key);
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      buffer.putLong(at, buffer.getLong(at) ^ wideKey);
    }
    for (int turned = key; at < to; at++, turned = Integer.rotateLeft(turned, 8)) {
      buffer.put(at, (byte) (buffer.get(at) ^ turned >>> 24));
    }
  }

  /**
   * The key for the bytes that follow the first {@code done} ones of a payload.
   *
   * @return the key, rotated
   */
  static int turn(int key, int done) {
    return Integer.rotateLeft(key, (done & 3) << 3);
  }

  private static long widen(int key) {
    return (long) key << 32 | (key & 0xFFFFFFFFL);
  }
}
