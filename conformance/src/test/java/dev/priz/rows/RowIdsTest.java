package dev.priz.rows;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RowIdsTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      textBlock =
          """
          'HS-02 refuses a POST',               HS-02
          'FR-03, FR-04 refuses a length',      FR-03 FR-04
          'hs06Hs38ListsOfTokensAreFine()',     HS-06 HS-38
          '"HS-07 two Hosts"',                  HS-07
          '[12] "U-02"',                        U-02
          'refuses what HS-02 sends',           ''
          'FR-021 is no row',                   ''
          """)
  void areWhatANameBeginsWith(String name, String ids) {
    assertThat(String.join(" ", RowIds.of(name))).isEqualTo(ids);
  }
}
