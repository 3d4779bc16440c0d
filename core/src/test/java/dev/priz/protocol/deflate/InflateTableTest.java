package dev.priz.protocol.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables, and what fills them. */
final class InflateTableTest {
  private final InflateTableBuilder builder = new InflateTableBuilder();

  @Test
  void findsTheCodesOfTheExampleInTheRfc() {
    // RFC 1951 §3.2.2: the lengths (3, 3, 3, 3, 3, 2, 4, 4)
    InflateTable table = InflateTable.literals();
    assertThat(build(table, 3, 3, 3, 3, 3, 2, 4, 4)).isTrue();

    assertFinds(table, "010", 0);
    assertFinds(table, "011", 1);
    assertFinds(table, "100", 2);
    assertFinds(table, "101", 3);
    assertFinds(table, "110", 4);
    assertFinds(table, "00", 5);
    assertFinds(table, "1110", 6);
    assertFinds(table, "1111", 7);
  }

  @Test
  void findsCodesLongerThanTheIndex() {
    InflateTable table = InflateTable.literals();
    assertThat(build(table, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 15)).isTrue();

    for (int ones = 0; ones < 15; ones++) assertFinds(table, "1".repeat(ones) + "0", ones);
    assertFinds(table, "1".repeat(15), 15);
  }

  @Test
  void findsCodesInSeveralSecondTables() {
    // The last two of the codes of eight bits, each of which leads to a table.
    int[] lengths = new int[263];
    Arrays.fill(lengths, 0, 254, 8);
    Arrays.fill(lengths, 254, 263, 10);
    lengths[256] = 11;
    InflateTable table = InflateTable.literals();
    assertThat(build(table, lengths)).isFalse();
    lengths[261] = 11;
    assertThat(build(table, lengths)).isTrue();

    assertFinds(table, "1111 1110 00", 254);
    assertFinds(table, "1111 1110 01", 255);
    assertThat(InflateTable.codeBits(entry(table, "1111 1111 01"))).isEqualTo(10);
    assertThat(InflateTable.codeBits(entry(table, "1111 1111 110"))).isEqualTo(11);
    assertThat(InflateTable.codeBits(entry(table, "1111 1111 111"))).isEqualTo(11);
  }

  @ParameterizedTest
  @CsvSource({
    "1 1 1, false",
    "2 2 2, false",
    "2 2 2 2 2, false",
    "1 2, false",
    "2, false",
    "1, true",
    "0 0 1, true",
    "0 0 0, true",
    "1 1, true",
    "1 2 2, true"
  })
  void knowsCompleteCodes(String lengths, boolean complete) {
    int[] codes = Arrays.stream(lengths.split(" ")).mapToInt(Integer::parseInt).toArray();

    assertThat(build(InflateTable.distances(), codes)).isEqualTo(complete);
  }

  @Test
  void findsNothingBesideASingleCode() {
    InflateTable table = InflateTable.literals();
    assertThat(build(table, 0, 0, 1)).isTrue();

    assertFinds(table, "0", 2);
    assertThat(entry(table, "1") & InflateTable.EXCEPTION).isEqualTo(InflateTable.EXCEPTION);
  }

  private boolean build(InflateTable table, int... lengths) {
    short[] codes = new short[lengths.length];
    int count = 0;
    for (int i = 0; i < lengths.length; i++) {
      if (lengths[i] > 0) codes[count++] = (short) (i << 4 | lengths[i]);
    }
    return builder.build(table, codes, 0, count, 0, true);
  }

  // Symbols below 256 stand for themselves.
  private static void assertFinds(InflateTable table, String code, int symbol) {
    int entry = entry(table, code);
    assertThat(entry & InflateTable.LITERAL).as(code).isEqualTo(InflateTable.LITERAL);
    assertThat(entry >> 16 & 0xFF).as(code).isEqualTo(symbol);
    assertThat(InflateTable.allBits(entry)).as(code).isEqualTo(code.replace(" ", "").length());
  }

  private static int entry(InflateTable table, String code) {
    String digits = code.replace(" ", "");
    return table.entry(Long.parseLong(new StringBuilder(digits).reverse().toString(), 2));
  }
}
