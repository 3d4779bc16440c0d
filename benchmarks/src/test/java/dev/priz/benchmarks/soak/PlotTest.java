package dev.priz.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.benchmarks.soak.Timeline.Phase;
import dev.priz.benchmarks.soak.Timeline.Sample;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PlotTest {
  private static final Plot PLOT = Plot.of("Threads", Figure.THREADS);

  @Test
  void drawsEachSampleOfAShortRun() {
    String html = PLOT.html(List.of(sample(1, 10), sample(2, 20)));

    assertThat(html)
        .contains("points='500.0,102.0 1000.0,4.0'")
        .contains("<span>20</span><span>10</span><span>0</span>")
        .contains("<span>0:02</span>");
  }

  @Test
  void keepsThePeaksOfALongRun() {
    List<Sample> samples = new ArrayList<>();
    for (int i = 1; i <= 20_000; i++) samples.add(sample(i, i == 12_345 ? 100 : 1));

    String html = PLOT.html(samples);

    assertThat(html).hasSizeLessThan(12_000).contains(",4.0 ").contains("<span>5:33:20</span>");
  }

  @Test
  void drawsALimit() {
    String html = PLOT.limit(50).html(List.of(sample(1, 1), sample(2, 1)));

    assertThat(html).contains("<path class='limit' d='M0 33.3H1000'/>").contains("<span>60</span>");
  }

  private static Sample sample(int seconds, double threads) {
    return new Sample(seconds, Phase.SOAK, Figures.of("THREADS=" + threads));
  }
}
