package dev.priz.conformance.autobahn;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The cases that a run asks the suite for, as the number of cases in each group. */
record Cases(SortedMap<Integer, Integer> countByGroup) {
  /** What the bundled version of the suite has; there is no group 8. */
  private static final Map<Integer, Integer> COUNT_BY_GROUP =
      Map.of(1, 16, 2, 11, 3, 7, 4, 10, 5, 20, 6, 145, 7, 37, 9, 54, 10, 1);

  /** All 301 cases. */
  static final Cases ALL = groups(1, 2, 3, 4, 5, 6, 7, 9, 10);

  /** The 246 cases on framing, UTF-8 and closing: without limits, performance and fragmenting. */
  static final Cases PROTOCOL = groups(1, 2, 3, 4, 5, 6, 7);

  Cases {
    countByGroup = Collections.unmodifiableSortedMap(new TreeMap<>(countByGroup));
  }

  /** Some groups as a whole. */
  static Cases groups(int... groups) {
    var countByGroup = new TreeMap<Integer, Integer>();
    Arrays.stream(groups).forEach(group -> countByGroup.put(group, COUNT_BY_GROUP.get(group)));
    return new Cases(countByGroup);
  }

  /** How many cases that are. */
  int count() {
    return countByGroup.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The patterns by which the suite finds them. */
  List<String> patterns() {
    return countByGroup.keySet().stream().map(group -> group + ".*").toList();
  }
}
