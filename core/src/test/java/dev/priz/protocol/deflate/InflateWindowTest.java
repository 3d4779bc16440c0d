package dev.priz.protocol.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InflateWindowTest {
  @ParameterizedTest
  @ValueSource(ints = {8, 9, 15})
  void holdsTheLastBytes(int bits) {
    var random = new Random(bits);
    var window = new InflateWindow(bits);
    byte[] all = new byte[0];

    for (int round = 0; round < 300; round++) {
      byte[] more = new byte[random.nextInt(1 << random.nextInt(bits + 2))];
      random.nextBytes(more);
      int from = random.nextInt(more.length + 1);
      window.append(more, from, more.length);
      byte[] added = Arrays.copyOfRange(more, from, more.length);
      all = lastOf(new InflateBits().bytes(all).bytes(added).toBytes(), 1 << bits);

      assertThat(window.size()).isEqualTo(all.length);
      assertHolds(window, all, random);
    }
  }

  @Test
  void forgetsAllBytes() {
    var window = new InflateWindow(8);
    window.append(new byte[1_000], 0, 1_000);

    window.clear();

    assertThat(window.size()).isZero();
    window.append(new byte[] {1, 2, 3}, 0, 3);
    assertHolds(window, new byte[] {1, 2, 3}, new Random(1));
  }

  private static void assertHolds(InflateWindow window, byte[] all, Random random) {
    byte[] found = new byte[all.length + 2];
    window.copy(all.length, found, 1, all.length);
    assertThat(Arrays.copyOfRange(found, 1, all.length + 1)).isEqualTo(all);
    if (all.length == 0) return;

    int back = 1 + random.nextInt(all.length);
    int length = random.nextInt(back + 1);
    window.copy(back, found, 0, length);
    int from = all.length - back;
    assertThat(Arrays.copyOf(found, length))
        .isEqualTo(Arrays.copyOfRange(all, from, from + length));
  }

  private static byte[] lastOf(byte[] bytes, int count) {
    return Arrays.copyOfRange(bytes, Math.max(0, bytes.length - count), bytes.length);
  }
}
