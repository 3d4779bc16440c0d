package dev.priz.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.Transport;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SoakOptionsTest {
  private static final Path TARGET = Path.of("target");

  @Test
  void needsMinutesOnly() {
    SoakOptions options = SoakOptions.parse(TARGET, "30");

    assertThat(options.seconds()).isEqualTo(1_800);
    assertThat(options.warmupSeconds()).isEqualTo(120);
    assertThat(options.connections()).isEqualTo(10_000);
    assertThat(options.transport()).isEqualTo(Transport.AUTO);
    assertThat(options.out()).isEqualTo(Path.of("target", "soak"));
  }

  @Test
  void takesAllElseFromTheCommandLine() {
    SoakOptions options =
        SoakOptions.parse(
            TARGET,
            "1 --connections 500 --rate=700 --misdeeds 9 --warmup 11 --heap 128 --transport nio --seed 42 --out here"
                .split(" ", -1));

    assertThat(options)
        .isEqualTo(
            new SoakOptions(
                60, 11, 15, 500, 700, 9, 128, 42, Transport.NIO, Path.of("here"), false));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "0, `MINUTES is '0', expected a whole number from 1 to 1440`",
        "1441, `MINUTES is '1441', expected a whole number from 1 to 1440`",
        "1 --rate, --rate needs a value",
        "1 --seed -1, `--seed is '-1', expected a whole number`",
        "1 --transport udp, `transport is \"udp\"`",
        "1 --hurry, `unknown option '--hurry'`"
      })
  void refusesWhatMakesNoSense(String words, String complaint) {
    assertThatThrownBy(() -> SoakOptions.parse(TARGET, words.split(" ", -1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(complaint);
  }
}
