package dev.priz.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/** Bytes as they stand on the wire, made without the code under test. */
final class Wire {
  /** The key that masks all frames here: the one of the examples in RFC 6455 §5.7. */
  static final int MASK_KEY = 0x37fa213d;

  private static final byte[] MASK_KEY_BYTES = wire("37 fa 21 3d");

  private Wire() {}

  /** The bytes that these hex digits stand for; spaces are for the reader. */
  static byte[] wire(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  static String hex(byte[] bytes) {
    return HexFormat.ofDelimiter(" ").formatHex(bytes);
  }

  /** The parts one after the other. */
  static byte[] join(byte[]... parts) {
    var joined = new ByteArrayOutputStream();
    for (byte[] part : parts) joined.writeBytes(part);
    return joined.toByteArray();
  }

  /** The unit so many times over. */
  static byte[] repeat(int times, byte[] unit) {
    byte[] repeated = new byte[times * unit.length];
    for (int i = 0; i < times; i++)
      System.arraycopy(unit, 0, repeated, i * unit.length, unit.length);
    return repeated;
  }

  /** So many bytes that are all different from their neighbours. */
  static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) bytes[i] = (byte) (i * 31 + 7);
    return bytes;
  }

  /** The letter a, so many times. */
  static byte[] letters(int count) {
    byte[] letters = new byte[count];
    Arrays.fill(letters, (byte) 'a');
    return letters;
  }

  /** {@link #frameTo(Side, String, byte[])} with the payload in hex. */
  static byte[] frameTo(Side receiver, String head, String payload) {
    return frameTo(receiver, head, wire(payload));
  }

  /**
   * A frame in the form in which its receiver must get it: a client just as it is written here, a
   * server with the mask bit, {@link #MASK_KEY} and a masked payload.
   *
   * @param head the unmasked frame up to its length
   */
  static byte[] frameTo(Side receiver, String head, byte[] payload) {
    byte[] start = wire(head);
    if (receiver == Side.CLIENT) return join(start, payload);
    start[1] |= (byte) 0x80;
    return join(start, MASK_KEY_BYTES, mask(payload));
  }

  /**
   * {@link #frameTo(Side, String, byte[])} with the length in its shortest form.
   *
   * @param first the first byte
   */
  static byte[] frameOfAnyLengthTo(Side receiver, String first, byte[] payload) {
    int length = payload.length;
    String form = length < 126 ? "%02x" : length < 65_536 ? "7e%04x" : "7f%016x";
    return frameTo(receiver, first + form.formatted(length), payload);
  }

  /** A frame in the form in which this side must send it. */
  static byte[] frameFrom(Side sender, String head, String payload) {
    return frameTo(other(sender), head, payload);
  }

  /** A frame in the form in which this side must send it. */
  static byte[] frameFrom(Side sender, String head, byte[] payload) {
    return frameTo(other(sender), head, payload);
  }

  /** The payload under {@link #MASK_KEY}, byte by byte as RFC 6455 §5.3 has it. */
  static byte[] mask(byte[] payload) {
    byte[] masked = payload.clone();
    for (int i = 0; i < masked.length; i++) masked[i] ^= MASK_KEY_BYTES[i % 4];
    return masked;
  }

  static Side other(Side side) {
    return side == Side.CLIENT ? Side.SERVER : Side.CLIENT;
  }

  /** A buffer over a part of a larger array, from an odd index on. */
  static ByteBuffer heap(byte[] bytes) {
    return at(ByteBuffer.allocate(bytes.length + 8), 5, bytes);
  }

  /** A buffer outside the heap, from an odd index on. */
  static ByteBuffer direct(byte[] bytes) {
    return at(ByteBuffer.allocateDirect(bytes.length + 8), 3, bytes);
  }

  private static ByteBuffer at(ByteBuffer buffer, int index, byte[] bytes) {
    return buffer.position(index).put(bytes).flip().position(index);
  }
}
