package dev.priz.benchmarks.soak;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What was sampled at one moment. */
record Figures(Map<Figure, Double> values) {
  static final Figures NONE = new Figures(Map.of());

  Figures {
    values = Map.copyOf(values);
  }

  /**
   * Reads what {@link #words} wrote.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  static Figures of(String words) {
    Map<Figure, Double> values = new EnumMap<>(Figure.class);
    for (String word : words.trim().split(" ", -1)) {
      int equals = word.indexOf('=');
      if (equals < 0) throw new IllegalArgumentException("no figure: \"" + word + "\"");
      values.put(
          Figure.valueOf(word.substring(0, equals)),
          Double.parseDouble(word.substring(equals + 1)));
    }
    return new Figures(values);
  }

  /** One that was sampled, or 0. */
  double value(Figure figure) {
    return values.getOrDefault(figure, 0.0);
  }

  /** These and others. */
  Figures and(Figures others) {
    Map<Figure, Double> both = new EnumMap<>(Figure.class);
    both.putAll(values);
    both.putAll(others.values);
    return new Figures(both);
  }

  /** For the other process. */
  String words() {
    return values.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .sorted()
        .collect(Collectors.joining(" "));
  }
}
