package dev.priz.benchmarks.soak;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All samples of a run, one a second, and the two looks at the quiet server. */
final class Timeline {
  private final List<Sample> samples = new ArrayList<>();
  private Figures before = Figures.NONE;
  private Figures after = Figures.NONE;

  /** What the load did at a time. */
  enum Phase {
    WARM_UP("first round"),
    SETTLING("quiet"),
    SOAK("soak"),
    ENDING("quiet");

    private final String label;

    Phase(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  /**
   * One of them.
   *
   * @param seconds since the start
   */
  record Sample(double seconds, Phase phase, Figures figures) {
    double value(Figure figure) {
      return figures.value(figure);
    }
  }

  void add(Sample sample) {
    samples.add(sample);
  }

  List<Sample> samples() {
    return samples;
  }

  /** Those of some phase. */
  List<Sample> samples(Phase phase) {
    return samples.stream().filter(sample -> sample.phase == phase).toList();
  }

  /** The quiet server after the first round. */
  Figures before() {
    return before;
  }

  void before(Figures quiet) {
    before = quiet;
  }

  /** The quiet server at the end. */
  Figures after() {
    return after;
  }

  void after(Figures quiet) {
    after = quiet;
  }

  /** When a figure was highest while the load was on for the second time, or ended. */
  Sample highest(Figure figure) {
    return samples.stream()
        .filter(sample -> sample.phase == Phase.SOAK || sample.phase == Phase.ENDING)
        .max(Comparator.comparingDouble(sample -> sample.value(figure)))
        .orElseThrow(() -> new IllegalStateException("nothing was sampled"));
  }

  /** The value in the middle of those under the load. */
  double median(Figure figure) {
    double[] sorted =
        samples(Phase.SOAK).stream().mapToDouble(sample -> sample.value(figure)).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }

  /** The last value of a figure that only grows. */
  double last(Figure figure) {
    return samples.isEmpty() ? 0 : samples.getLast().value(figure);
  }
}
