package dev.priz.conformance.autobahn;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The cases that a run asks the suite for.
 *
 * @param countByGroup how many that are
 * @param patterns by which the suite finds them
 * @param deflateMessages how many messages each of those on compression sends
 */
record Cases(SortedMap<Integer, Integer> countByGroup, List<String> patterns, int deflateMessages) {
  /** What the bundled version of the suite has; there is no group 8. */
  private static final Map<Integer, Integer> COUNT_BY_GROUP =
      Map.of(1, 16, 2, 11, 3, 7, 4, 10, 5, 20, 6, 145, 7, 37, 9, 54, 10, 1);

  /** Of each kind of data (group 12) and of each set of parameters (group 13). */
  private static final int COMPRESSION_COUNT = 18;

  private static final int FEW_MESSAGES = 5;

  /** All 301 cases that need no extension. */
  static final Cases ALL = groups(1, 2, 3, 4, 5, 6, 7, 9, 10);

  /** The 246 cases on framing, UTF-8 and closing: without limits, performance and fragmenting. */
  static final Cases PROTOCOL = groups(1, 2, 3, 4, 5, 6, 7);

  Cases {
    countByGroup = Collections.unmodifiableSortedMap(new TreeMap<>(countByGroup));
    patterns = List.copyOf(patterns);
  }

  /** Some groups as a whole; none of those on compression. */
  static Cases groups(int... groups) {
    var countByGroup = new TreeMap<Integer, Integer>();
    Arrays.stream(groups).forEach(group -> countByGroup.put(group, COUNT_BY_GROUP.get(group)));
    List<String> patterns = countByGroup.keySet().stream().map(group -> group + ".*").toList();
    return new Cases(countByGroup, patterns, FEW_MESSAGES);
  }

  /** Some of the kinds of data (12.1 to 12.5) and sets of parameters (13.1 to 13.7). */
  static Cases compression(String... subgroups) {
    var countByGroup = new TreeMap<Integer, Integer>();
    for (String subgroup : subgroups) {
      int group = Integer.parseInt(subgroup.substring(0, subgroup.indexOf('.')));
      countByGroup.merge(group, COMPRESSION_COUNT, Integer::sum);
    }
    List<String> patterns = Arrays.stream(subgroups).map(subgroup -> subgroup + ".*").toList();
    return new Cases(countByGroup, patterns, FEW_MESSAGES);
  }

  /** The same cases with another number of messages each. */
  Cases deflateMessages(int messages) {
    return new Cases(countByGroup, patterns, messages);
  }

  /** How many cases that are. */
  int count() {
    return countByGroup.values().stream().mapToInt(Integer::intValue).sum();
  }
}
