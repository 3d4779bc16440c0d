package dev.priz.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MaskKeysTest {

  // Of 10^5 random numbers of 32 bits, one or two pairs are equal by chance, and 20 pairs in fewer
  // than 1 of 10^15 runs.
  @Test
  void fr28KeysAreNearlyAllDistinct() {
    Set<Integer> keys = keys(100_000);

    assertThat(keys).hasSizeGreaterThan(100_000 - 20);
  }

  @Test
  void fr28TwoSourcesGiveDifferentKeys() {
    Set<Integer> keys = keys(1_000);

    keys.retainAll(keys(1_000));

    assertThat(keys).hasSizeLessThan(3);
  }

  @Test
  void fr28EveryBitIsUsed() {
    int ones = 0;
    int zeros = 0;
    for (int key : keys(1_000)) {
      ones |= key;
      zeros |= ~key;
    }

    assertThat(ones).isEqualTo(-1);
    assertThat(zeros).isEqualTo(-1);
  }

  private static Set<Integer> keys(int count) {
    var source = new MaskKeys();
    Set<Integer> keys = new HashSet<>();
    for (int i = 0; i < count; i++) keys.add(source.getAsInt());
    return keys;
  }
}
