package dev.priz.protocol.deflate;

import java.util.Random;

/**
 * Blocks with codes of their own that are nearly right: complete codes of all lengths up to 15, and
 * those with a code too many, too few, or of another length.
 */
final class InflateRandomCodes {
  // The lengths 0 to 12 have codes of four bits, the rest of five.
  private static final int[] ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };

  private InflateRandomCodes() {}

  /** A block, and random bytes in it and behind it. */
  static byte[] message(Random random) {
    int literals = 257 + random.nextInt(random.nextInt(8) == 0 ? 32 : 30);
    int distances = 1 + random.nextInt(random.nextInt(8) == 0 ? 32 : 30);
    int[] lengths = new int[literals + distances];
    fill(lengths, 0, literals, random);
    fill(lengths, literals, distances, random);
    if (random.nextInt(16) > 0 && lengths[256] == 0) swapIn(lengths, random);
    for (int i = random.nextInt(8); i > 6; i--) {
      lengths[random.nextInt(lengths.length)] = random.nextInt(16);
    }
    int[] order = new int[ORDER.length];
    for (int i = 0; i < ORDER.length; i++) order[i] = ORDER[i] <= 12 ? 4 : 5;
    var bits = new InflateBits().header(random.nextInt(2), 2);
    bits.codeLengths(literals, distances, order);
    writeLengths(bits, lengths, random);
    byte[] content = new byte[random.nextInt(200)];
    random.nextBytes(content);
    for (byte part : content) bits.number(part, 8);
    return bits.toBytes();
  }

  private static void writeLengths(InflateBits bits, int[] lengths, Random random) {
    // Most blocks have none.
    int fault = random.nextInt(8) > 0 ? -1 : random.nextInt(lengths.length);
    for (int i = 0; i < lengths.length; i++) {
      int zeros = 0;
      while (i + zeros < lengths.length && zeros < 138 && lengths[i + zeros] == 0) zeros++;
      boolean repeats = i > 3 && lengths[i] == lengths[i - 1] && i + 2 < lengths.length;
      if (i == fault) {
        code(bits, 16 + random.nextInt(3));
      } else if (zeros >= 11) {
        code(bits, 18);
        bits.number(zeros - 11, 7);
        i += zeros - 1;
      } else if (zeros >= 3) {
        code(bits, 17);
        bits.number(zeros - 3, 3);
        i += zeros - 1;
      } else if (repeats && lengths[i] == lengths[i + 1] && lengths[i] == lengths[i + 2]) {
        code(bits, 16);
        bits.number(0, 2);
        i += 2;
      } else {
        code(bits, lengths[i]);
      }
    }
  }

  private static void code(InflateBits bits, int symbol) {
    if (symbol <= 12) {
      bits.reversed(symbol, 4);
    } else {
      bits.reversed(26 + symbol - 13, 5);
    }
  }

  // Splits a random code of the shortest ones again and again, until there are enough.
  private static void fill(int[] lengths, int from, int symbols, Random random) {
    int used = random.nextInt(symbols + 1);
    if (used == 0) return;
    int[] codes = new int[symbols];
    int count = 1;
    while (count < used) {
      int split = random.nextInt(count);
      if (codes[split] == 15) continue;
      codes[split]++;
      codes[count++] = codes[split];
    }
    if (used == 1) codes[0] = 1;
    for (int i = 0; i < used; i++) {
      int at = random.nextInt(symbols);
      while (lengths[from + at] != 0) at = (at + 1) % symbols;
      lengths[from + at] = codes[i];
    }
  }

  private static void swapIn(int[] lengths, Random random) {
    int at = random.nextInt(257);
    for (int left = 256; left > 0 && lengths[at] == 0; left--) at = (at + 1) % 257;
    lengths[256] = lengths[at];
    lengths[at] = 0;
  }
}
