package dev.priz.benchmarks.soak;

import dev.priz.benchmarks.soak.Timeline.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** All samples as CSV, for whoever wants to look closer than the report does. */
final class SampleRows {
  private SampleRows() {}

  /** The lines, a header first. */
  static List<String> of(Timeline timeline) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "seconds,phase,"
            + Arrays.stream(Figure.values())
                .map(figure -> figure.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(",")));
    for (Sample sample : timeline.samples()) lines.add(row(sample));
    return lines;
  }

  private static String row(Sample sample) {
    return Arrays.stream(Figure.values())
        .map(figure -> String.format(Locale.ROOT, "%.3f", sample.value(figure)))
        .collect(
            Collectors.joining(
                ",",
                Math.round(sample.seconds())
                    + ","
                    + sample.phase().name().toLowerCase(Locale.ROOT)
                    + ",",
                ""));
  }
}
