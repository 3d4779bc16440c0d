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
    if (length < Long.BYTES) {
      copyBytes(key, in, length, out, outFrom);
    } else {
      long wideKey = widen(key);
      int last = length - Long.BYTES;
      for (int done = 0; done < last; done += Long.BYTES) {
        LONGS.set(out, outFrom + done, in.getLong(inFrom + done) ^ wideKey);
      }
      // Some of these bytes for the second time, which is faster than the rest one by one.
      LONGS.set(out, outFrom + last, in.getLong(inFrom + last) ^ widen(turn(key, last)));
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

  private static void copyBytes(int key, ByteBuffer in, int length, byte[] out, int outFrom) {
    int inFrom = in.position();
    int turned = key;
    for (int done = 0; done < length; done++, turned = Integer.rotateLeft(turned, 8)) {
      out[outFrom + done] = (byte) (in.get(inFrom + done) ^ turned >>> 24);
    }
  }

  private static long widen(int key) {
    return (long) key << 32 | (key & 0xFFFFFFFFL);
  }
}
