package dev.priz.protocol.deflate;

import java.util.Arrays;

/**
 * RFC 1951 read word by word, slow and short; it notes how far back a match reached and which kinds
 * of blocks came.
 */
final class NaiveInflater {
  private static final int[] ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };
  private static final int[] LENGTH_BASES = {
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258
  };
  private static final int[] LENGTH_EXTRA = {
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
  };
  private static final int[] DISTANCE_BASES = {
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
    3073, 4097, 6145, 8193, 12_289, 16_385, 24_577
  };
  private static final int[] DISTANCE_EXTRA = {
    0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13
  };

  /** The greatest distance of any match so far. */
  int greatestDistance;

  /** How many blocks were stored, fixed and dynamic. */
  final int[] blocks = new int[3];

  private byte[] plain = new byte[1 << 16];
  private int length;
  private byte[] in = {};
  private int bitAt;

  /** Inflates one message whose last four bytes were taken off, with what came before at hand. */
  byte[] inflate(byte[] payload) {
    int from = length;
    in = Arrays.copyOf(payload, payload.length + 4);
    in[in.length - 1] = (byte) 0xFF;
    in[in.length - 2] = (byte) 0xFF;
    bitAt = 0;
    while (bitAt < in.length * 8) block();
    return Arrays.copyOfRange(plain, from, length);
  }

  private void block() {
    if (bits(1) != 0) throw new IllegalStateException("final block");
    int type = bits(2);
    blocks[type]++;
    switch (type) {
      case 0 -> stored();
      case 1 -> fixed();
      default -> dynamic();
    }
  }

  private void stored() {
    bitAt = (bitAt + 7) & ~7;
    int count = bits(16);
    if ((bits(16) ^ 0xFFFF) != count) throw new IllegalStateException("LEN and NLEN");
    for (int i = 0; i < count; i++) put(bits(8));
  }

  private void fixed() {
    int[] literals = new int[288];
    Arrays.fill(literals, 0, 144, 8);
    Arrays.fill(literals, 144, 256, 9);
    Arrays.fill(literals, 256, 280, 7);
    Arrays.fill(literals, 280, 288, 8);
    int[] distances = new int[30];
    Arrays.fill(distances, 5);
    symbols(literals, distances);
  }

  private void dynamic() {
    int literals = bits(5) + 257;
    int distances = bits(5) + 1;
    int codeLengths = bits(4) + 4;
    int[] code = new int[19];
    for (int i = 0; i < codeLengths; i++) code[ORDER[i]] = bits(3);
    int[] lengths = new int[literals + distances];
    for (int at = 0; at < lengths.length; ) {
      int symbol = symbol(code);
      int repeat = 1;
      int value = symbol;
      if (symbol == 16) {
        value = lengths[at - 1];
        repeat = 3 + bits(2);
      } else if (symbol > 16) {
        value = 0;
        repeat = symbol == 17 ? 3 + bits(3) : 11 + bits(7);
      }
      Arrays.fill(lengths, at, at + repeat, value);
      at += repeat;
    }
    symbols(
        Arrays.copyOf(lengths, literals), Arrays.copyOfRange(lengths, literals, lengths.length));
  }

  private void symbols(int[] literals, int[] distances) {
    for (int symbol = symbol(literals); symbol != 256; symbol = symbol(literals)) {
      if (symbol < 256) {
        put(symbol);
        continue;
      }
      int count = LENGTH_BASES[symbol - 257] + bits(LENGTH_EXTRA[symbol - 257]);
      int distanceSymbol = symbol(distances);
      int distance = DISTANCE_BASES[distanceSymbol] + bits(DISTANCE_EXTRA[distanceSymbol]);
      if (distance > length) throw new IllegalStateException("before the beginning: " + distance);
      greatestDistance = Math.max(greatestDistance, distance);
      for (int i = 0; i < count; i++) put(plain[length - distance]);
    }
  }

  /** One symbol of the canonical code with these lengths, bit by bit. */
  private int symbol(int[] lengths) {
    int code = 0;
    int first = 0;
    for (int bits = 1; bits <= 15; bits++) {
      code = code << 1 | bits(1);
      int count = 0;
      for (int symbol = 0; symbol < lengths.length; symbol++) {
        if (lengths[symbol] == bits && first + count++ == code) return symbol;
      }
      first = (first + count) << 1;
    }
    throw new IllegalStateException("no such code");
  }

  private int bits(int count) {
    int value = 0;
    for (int i = 0; i < count; i++, bitAt++) {
      value |= (in[bitAt >>> 3] >>> (bitAt & 7) & 1) << i;
    }
    return value;
  }

  private void put(int value) {
    if (length == plain.length) plain = Arrays.copyOf(plain, 2 * length);
    plain[length++] = (byte) value;
  }
}
