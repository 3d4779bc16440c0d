package dev.priz.protocol.deflate;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** Writes compressed data bit by bit, as RFC 1951 §3.1.1 packs it. */
final class InflateBits {
  // RFC 1951 §3.2.5
  private static final int[] DISTANCES = {
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
    3073, 4097, 6145, 8193, 12289, 16385, 24577
  };

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int current;
  private int count;

  /** The bytes that these hex digits stand for; spaces are for the reader. */
  static byte[] wire(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  /** A number, its lowest bit first. */
  InflateBits number(int value, int bits) {
    for (int i = 0; i < bits; i++) bit(value >>> i & 1);
    return this;
  }

  /** A code, its highest bit first, written as ones and zeros; spaces are for the reader. */
  InflateBits code(String digits) {
    for (char digit : digits.replace(" ", "").toCharArray()) bit(digit - '0');
    return this;
  }

  /** The bits that begin a block. */
  InflateBits header(int isFinal, int type) {
    return number(isFinal, 1).number(type, 2);
  }

  /** The numbers that begin the codes of a block, and the lengths of the code of code lengths. */
  InflateBits codeLengths(int literals, int distances, int... orderedLengths) {
    number(literals - 257, 5).number(distances - 1, 5).number(orderedLengths.length - 4, 4);
    for (int length : orderedLengths) number(length, 3);
    return this;
  }

  /** A code of the fixed code of literals and lengths. */
  InflateBits fixed(int symbol) {
    if (symbol < 144) return reversed(0x30 + symbol, 8);
    if (symbol < 256) return reversed(0x190 + symbol - 144, 9);
    if (symbol < 280) return reversed(symbol - 256, 7);
    return reversed(0xC0 + symbol - 280, 8);
  }

  /** A distance in the fixed code. */
  InflateBits fixedDistance(int distance) {
    int symbol = 0;
    while (symbol < 29 && DISTANCES[symbol + 1] <= distance) symbol++;
    return reversed(symbol, 5).number(distance - DISTANCES[symbol], Math.max(0, symbol / 2 - 1));
  }

  /** A code, its highest bit first. */
  InflateBits reversed(int code, int bits) {
    for (int i = bits - 1; i >= 0; i--) bit(code >>> i & 1);
    return this;
  }

  /** Zeros up to the next byte. */
  InflateBits align() {
    while (count > 0) bit(0);
    return this;
  }

  /** Bytes, at the boundary of a byte. */
  InflateBits bytes(byte[] more) {
    assert count == 0 : count + " bits in the byte";
    bytes.writeBytes(more);
    return this;
  }

  /** A block without compression. */
  InflateBits stored(int isFinal, byte[] content) {
    header(isFinal, 0).align().number(content.length, 16).number(~content.length, 16);
    return bytes(content);
  }

  /** What has been written, filled up with zeros. */
  byte[] toBytes() {
    align();
    return bytes.toByteArray();
  }

  /** The same with the empty block that ends a message, but for its last four bytes. */
  byte[] toMessage() {
    return header(0, 0).toBytes();
  }

  private void bit(int value) {
    current |= value << count;
    if (++count == 8) {
      bytes.write(current);
      current = 0;
      count = 0;
    }
  }
}
