package dev.priz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class HistogramDrawingTest {
  private final Histogram latencies = Tally.histogram();

  @Test
  void drawsNothingOfNothing() {
    assertThat(HistogramDrawing.lines(latencies)).isEmpty();
  }

  @Test
  void drawsBarsInProportion() {
    latencies.recordValueWithCount(150_000, 640);
    latencies.recordValueWithCount(300_000, 320);
    latencies.recordValueWithCount(25_000_000, 40);

    assertThat(HistogramDrawing.lines(latencies))
        .containsExactly(
            "     0.100 to     0.200  ████████████████████████████████          640   64.00%",
            "     0.200 to     0.500  ████████████████                          320   32.00%",
            "     0.500 to     1.000                                              0    0.00%",
            "     1.000 to     2.000                                              0    0.00%",
            "     2.000 to     5.000                                              0    0.00%",
            "     5.000 to    10.000                                              0    0.00%",
            "    10.000 to    20.000                                              0    0.00%",
            "    20.000 to    50.000  ██                                         40    4.00%");
  }

  @Test
  void showsWhatIsRareAtAll() {
    latencies.recordValueWithCount(1_500_000, 1_000_000);
    latencies.recordValue(900_000_000);

    assertThat(HistogramDrawing.lines(latencies)).last().asString().contains("  ▏  ");
  }

  @Test
  void takesNarrowRangesWhereLatenciesAreAlike() {
    latencies.recordValueWithCount(110_000, 10);
    latencies.recordValueWithCount(280_000, 10);

    assertThat(HistogramDrawing.lines(latencies))
        .hasSize(5)
        .first()
        .asString()
        .startsWith("     0.100 to     0.125  ");
  }

  @Test
  void countsEachLatencyOnceUpToAnHour() {
    for (long nanos = 1_000; nanos < 3_600_000_000_000L; nanos *= 2) latencies.recordValue(nanos);

    long drawn =
        HistogramDrawing.lines(latencies).stream()
            .map(line -> line.replaceAll("[^0-9.,% ]", " ").strip().split(" +"))
            .mapToLong(words -> Long.parseLong(words[words.length - 2].replace(",", "")))
            .sum();

    assertThat(drawn).isEqualTo(latencies.getTotalCount());
  }
}
