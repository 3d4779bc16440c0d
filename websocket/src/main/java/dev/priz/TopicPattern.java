package dev.priz;

import dev.priz.topic.TopicOptions;
import java.util.List;

/**
 * How the topics with certain names behave.
 *
 * @param pattern a name, or its beginning and a {@code *}
 */
record TopicPattern(String pattern, TopicOptions options) {

  /** The options of the first pattern that fits. */
  static TopicOptions options(List<TopicPattern> patterns, String name) {
    for (TopicPattern candidate : patterns) {
      if (candidate.fits(name)) return candidate.options;
    }
    return TopicOptions.DEFAULT;
  }

  private boolean fits(String name) {
    return pattern.endsWith("*")
        ? name.startsWith(pattern.substring(0, pattern.length() - 1))
        : name.equals(pattern);
  }
}
