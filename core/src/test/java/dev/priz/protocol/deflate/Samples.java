package dev.priz.protocol.deflate;

import dev.priz.payloads.PayloadKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** Bytes that are hard on a compressor in one way each. */
final class Samples {
  private Samples() {}

  /** Bytes of so many kinds, each of a size. */
  static List<byte[]> ofSize(int bytes) {
    List<byte[]> samples = new ArrayList<>();
    for (PayloadKind kind : PayloadKind.values()) samples.add(kind.payload(bytes, bytes));
    byte[] equal = new byte[bytes];
    Arrays.fill(equal, (byte) 'e');
    samples.add(equal);
    samples.add(twoLetters(bytes));
    samples.add(growing(bytes));
    return samples;
  }

  /** Two letters at random: matches everywhere, none of them long. */
  static byte[] twoLetters(int bytes) {
    SplittableRandom random = new SplittableRandom(bytes);
    byte[] sample = new byte[bytes];
    for (int i = 0; i < bytes; i++) sample[i] = (byte) (random.nextBoolean() ? 'x' : 'y');
    return sample;
  }

  /** No three bytes come twice for long. */
  static byte[] growing(int bytes) {
    byte[] sample = new byte[bytes];
    for (int i = 0; i < bytes; i++) sample[i] = (byte) ((i * i) >>> 3 ^ i * 31);
    return sample;
  }

  /**
   * Symbols that come as often as the numbers of Fibonacci say, at random places: a tree of Huffman
   * over them is as deep as there are symbols.
   */
  static byte[] fibonacci(int symbols) {
    List<Byte> sample = new ArrayList<>();
    int count = 1;
    int next = 1;
    for (int symbol = 0; symbol < symbols; symbol++) {
      for (int i = 0; i < count; i++) sample.add((byte) (symbol * 7));
      int sum = count + next;
      count = next;
      next = sum;
    }
    Collections.shuffle(sample, new Random(symbols));
    byte[] bytes = new byte[sample.size()];
    for (int i = 0; i < bytes.length; i++) bytes[i] = sample.get(i);
    return bytes;
  }
}
