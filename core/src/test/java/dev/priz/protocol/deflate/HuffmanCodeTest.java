package dev.priz.protocol.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class HuffmanCodeTest {
  @Test
  void isAsShortAsHuffmansOwn() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 2_000; round++) {
      // A code of more than 15 bits needs more than 1,596 occurrences, the 17th Fibonacci number.
      int[] counts = randomCounts(random, 40, 1 + random.nextInt(38));
      HuffmanCode code = new HuffmanCode(40, 15);
      code.build(counts);

      assertThat(code.bits()).isEqualTo(leastBits(counts));
      assertComplete(code, 40);
    }
  }

  @Test
  void keepsToTheLongestLengthAndLosesLittle() {
    int[] counts = new int[28];
    counts[0] = 1;
    counts[1] = 1;
    for (int i = 2; i < counts.length; i++) counts[i] = counts[i - 1] + counts[i - 2];
    for (int maxLength : new int[] {7, 9, 14, 15}) {
      HuffmanCode code = new HuffmanCode(counts.length, maxLength);
      code.build(counts);

      for (int i = 0; i < counts.length; i++) assertThat(code.length(i)).isBetween(1, maxLength);
      assertComplete(code, counts.length);
      assertThat((double) code.bits()).isLessThan(leastBits(counts) * 1.25);
    }
  }

  @Test
  void givesEverySymbolACodeWhenThereIsRoomForNoMore() {
    HuffmanCode code = new HuffmanCode(128, 7);
    int[] counts = new int[128];
    for (int i = 0; i < counts.length; i++) counts[i] = 1 + i * i;

    code.build(counts);

    for (int i = 0; i < counts.length; i++) assertThat(code.length(i)).isEqualTo(7);
  }

  @Test
  void hasOneBitForASingleSymbolAndNoneForNone() {
    HuffmanCode code = new HuffmanCode(30, 15);
    int[] counts = new int[30];
    counts[4] = 9;

    code.build(counts);
    assertThat(code.codes[4]).isEqualTo(1);
    assertThat(code.bits()).isEqualTo(9);
    assertThat(code.end()).isEqualTo(5);

    code.build(new int[30]);
    assertThat(code.end()).isZero();
    assertThat(code.bits()).isZero();
  }

  @Test
  void numbersCodesAsTheRfcDoes() {
    // RFC 1951 §3.2.2: lengths 3, 3, 3, 3, 3, 2, 4, 4 give 010 to 110, 00, 1110, 1111.
    HuffmanCode code = new HuffmanCode(8, 15);
    code.build(new int[] {8, 8, 8, 8, 8, 16, 4, 4});

    assertThat(code.codes)
        .containsExactly(
            0b010 << 4 | 3,
            0b110 << 4 | 3,
            0b001 << 4 | 3,
            0b101 << 4 | 3,
            0b011 << 4 | 3,
            0b00 << 4 | 2,
            0b0111 << 4 | 4,
            0b1111 << 4 | 4);
  }

  private static void assertComplete(HuffmanCode code, int symbols) {
    int used = 0;
    for (int i = 0; i < symbols; i++) {
      if (code.length(i) != 0) used += 1 << (15 - code.length(i));
    }
    assertThat(used).isEqualTo(1 << 15);
  }

  private static long leastBits(int[] counts) {
    PriorityQueue<Long> nodes = new PriorityQueue<>();
    for (int count : counts) if (count != 0) nodes.add((long) count);
    long bits = 0;
    while (nodes.size() > 1) {
      long joined = nodes.remove() + nodes.remove();
      bits += joined;
      nodes.add(joined);
    }
    return bits;
  }

  private static int[] randomCounts(SplittableRandom random, int symbols, int most) {
    int[] counts = new int[symbols];
    int used = 2 + random.nextInt(symbols - 2);
    for (int i = 0; i < used; i++) counts[random.nextInt(symbols)] = 1 + random.nextInt(most);
    counts[0] = 1;
    counts[symbols - 1] = 1;
    return counts;
  }
}
