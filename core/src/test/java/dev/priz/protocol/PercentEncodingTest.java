package dev.priz.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentEncodingTest {
  @ParameterizedTest
  @CsvSource({
    "chat,chat",
    "a+b,a+b",
    "a%20b,a b",
    "%2F,/",
    "%2f,/",
    "%C3%A9,é",
    "%f0%9f%98%80,😀",
    "%2525,%25"
  })
  void decodesUtf8(String encoded, String decoded) {
    assertThat(PercentEncoding.decode(encoded)).isEqualTo(decoded);
  }

  @Test
  void decodesNothingToNothing() {
    assertThat(PercentEncoding.decode("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"%", "a%", "%2", "%g0", "%0g", "% 1", "%+1", "%-1", "%%20", "%\uFF11\uFF11"})
  void refusesMalformedEscape(String encoded) {
    assertThat(PercentEncoding.decode(encoded)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%FF", "%C3", "%C3x", "%C0%AF", "%ED%A0%80", "%F5%80%80%80"})
  void refusesBytesThatAreNotUtf8(String encoded) {
    assertThat(PercentEncoding.decode(encoded)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"é", "a\u0080", "\u212A"})
  void refusesWhatIsNotAscii(String encoded) {
    assertThat(PercentEncoding.decode(encoded)).isNull();
  }
}
