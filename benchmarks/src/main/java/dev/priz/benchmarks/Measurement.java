package dev.priz.benchmarks;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one turn of one server gave.
 *
 * @param values what was measured
 * @param failure why it does not count, or null
 */
record Measurement(Map<Metric, Double> values, @Nullable String failure) {

  /** A turn that went well. */
  static Measurement of(Map<Metric, Double> values) {
    return new Measurement(new EnumMap<>(values), null);
  }

  /** A turn that did not. */
  static Measurement failed(String reason) {
    return new Measurement(new EnumMap<>(Metric.class), reason);
  }

  /** One of the values, or null if it was not measured. */
  @Nullable Double value(Metric metric) {
    return values.get(metric);
  }
}
