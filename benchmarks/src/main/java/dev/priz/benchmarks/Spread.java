package dev.priz.benchmarks;

import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Several measurements of the same: their median, and how far they lie apart. */
public record Spread(double median, double least, double most) {

  /** The spread of some values; null if there are none. */
  public static @Nullable Spread of(Collection<Double> values) {
    if (values.isEmpty()) return null;
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    double most = Arrays.stream(sorted).max().orElseThrow();
    return new Spread(median, sorted[0], most);
  }
}
