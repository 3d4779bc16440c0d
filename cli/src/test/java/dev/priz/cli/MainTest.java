package dev.priz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  @Test
  void showsItsCommandsWithoutArguments() {
    Outcome outcome = Outcome.of();

    assertThat(outcome.out()).contains("demo", "echo", "connect", "bench", "Exit status");
    assertThat(outcome.status()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo", "echo", "connect", "bench"})
  void explainsEachCommand(String command) {
    Outcome outcome = Outcome.of(command, "--help");

    assertThat(outcome.out()).startsWith("Usage: priz " + command);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
  }

  @Test
  void explainsExitStatusInItsOwnHelpOnly() {
    assertThat(Outcome.of("--help").out()).contains("Exit status:");
    assertThat(Outcome.of("echo", "--help").out()).doesNotContain("Exit status:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"connect", "bench"})
  void keepsHelpWithinEightyColumns(String command) {
    assertThat(Outcome.of(command, "--help").out().lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void tellsItsVersionInOneLine() {
    Outcome outcome = Outcome.of("--version");

    assertThat(outcome.out()).startsWith("priz ").hasLineCount(1);
    assertThat(outcome.status()).isZero();
  }
}
