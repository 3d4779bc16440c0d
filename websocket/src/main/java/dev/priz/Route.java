package dev.priz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The paths that one handler serves, such as {@code /chat/{room}} or {@code /files/*}. */
final class Route {
  private final String pattern;
  private final List<String> segments;
  private final boolean open;
  private final Receiver receiver;

  /**
   * A route.
   *
   * @param pattern segments, of which {@code {name}} stands for any one, and {@code *} at the end
   *     for any number
   * @throws IllegalArgumentException if it does not start with a slash, or has a star elsewhere or
   *     a name twice
   */
  Route(String pattern, Receiver receiver) {
    if (!pattern.startsWith("/")) throw unfit(pattern, "does not start with /");
    this.pattern = pattern;
    this.receiver = receiver;
    List<String> all = new ArrayList<>(List.of(pattern.substring(1).split("/", -1)));
    open = all.get(all.size() - 1).equals("*");
    if (open) all.remove(all.size() - 1);
    if (all.contains("*")) throw unfit(pattern, "has a * before its end");
    List<String> names = all.stream().filter(Route::isName).toList();
    if (names.stream().distinct().count() < names.size()) throw unfit(pattern, "has a name twice");
    segments = all;
  }

  /** The pattern as it was given. */
  String pattern() {
    return pattern;
  }

  /** What is done with the connections. */
  Receiver receiver() {
    return receiver;
  }

  /**
   * Matches a path.
   *
   * @param path decoded segments
   * @return the segments that the pattern names, or null if the path is not one of this route's
   */
  @Nullable Map<String, String> match(List<String> path) {
    if (path.size() < segments.size() || (!open && path.size() > segments.size())) return null;
    Map<String, String> parameters = Map.of();
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      if (isName(segment)) {
        if (parameters.isEmpty()) parameters = new LinkedHashMap<>();
        parameters.put(segment.substring(1, segment.length() - 1), path.get(i));
      } else if (!segment.equals(path.get(i))) {
        return null;
      }
    }
    return parameters;
  }

  private static boolean isName(String segment) {
    return segment.length() > 2 && segment.startsWith("{") && segment.endsWith("}");
  }

  private static IllegalArgumentException unfit(String pattern, String why) {
    return new IllegalArgumentException("route \"" + pattern + "\" " + why);
  }
}
