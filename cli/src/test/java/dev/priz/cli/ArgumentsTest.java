package dev.priz.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** What options take; {@link BadInputTest} has what they refuse. */
class ArgumentsTest {
  @ParameterizedTest
  @CsvSource({"1,1", "1000000,1000000", "512K,524288", "64m,67108864", "1G,1073741824"})
  void readsSizes(String text, int bytes) {
    assertThat(new Arguments.Bytes().convert(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "1.5M", "2G", "9999999999G", "12Q"})
  void refusesSizesThatNoArrayHas(String text) {
    assertThatThrownBy(() -> new Arguments.Bytes().convert(text))
        .isInstanceOf(TypeConversionException.class);
  }

  @ParameterizedTest
  @CsvSource({"0s,PT0S", "500ms,PT0.5S", "1.5s,PT1.5S", "2m,PT2M", "1h,PT1H", "999999h,PT999999H"})
  void readsTimes(String text, Duration time) {
    assertThat(new Arguments.Time().convert(text)).isEqualTo(time);
  }

  @Test
  void readsHostsWithAndWithoutBrackets() {
    assertThat(new Arguments.Host().convert("[::1]")).isEqualTo("::1");
    assertThat(new Arguments.Host().convert("::1")).isEqualTo("::1");
    assertThat(new Arguments.Host().convert("localhost")).isEqualTo("localhost");
  }

  @Test
  void readsHeaderWithColonsInItsValue() {
    assertThat(new Arguments.Header().convert("X-When:  12:30 ").first("x-when"))
        .isEqualTo("12:30");
  }
}
