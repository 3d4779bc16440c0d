package dev.priz.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.cli.LoadObserver.Interval;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LoadProgressTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(err, true, UTF_8);

  @Test
  void changesOneLineOnTerminal() {
    var progress = new LoadProgress(stream, true);

    progress.warmedUp(second(0));
    progress.measured(second(1));
    progress.clear();

    assertThat(err.toString(UTF_8))
        .isEqualTo(
            "\r\u001b[Kwarm-up: 3 open, 1,000 sent/s, 999 received/s, p50 2.000 ms, p99 2.000 ms, 4 wrong"
                + "\r\u001b[K1 s: 3 open, 1,000 sent/s, 999 received/s, p50 2.000 ms, p99 2.000 ms, 4 wrong"
                + "\r\u001b[K");
  }

  @Test
  void printsLineEveryFewSecondsElsewhere() {
    var progress = new LoadProgress(stream, false);

    progress.opening(3);
    for (int end = 0; end <= 12; end++) progress.measured(second(end + 0.001));
    progress.clear();

    assertThat(err.toString(UTF_8).lines().map(line -> line.substring(0, line.indexOf(':'))))
        .containsExactly("4 s", "9 s");
  }

  private static Interval second(double endSeconds) {
    Histogram latencies = Tally.histogram();
    latencies.recordValue(1_999_000);
    return new Interval(endSeconds, 1, new Counts(1_000, 999, 4, 0, 0), latencies, 3);
  }
}
