package dev.priz.conformance.autobahn;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the suite found out about one peer.
 *
 * @param agent the name of the peer in the report
 * @param verdicts in the order of the cases
 */
record Report(String agent, List<Verdict> verdicts) {
  Report {
    verdicts = verdicts.stream().sorted(Verdict.BY_CASE).toList();
  }

  /** Reads the {@code index.json} that the suite left in a folder. */
  static Report read(Path folder, String agent) {
    JsonNode byCase = new JsonMapper().readTree(folder.resolve("index.json")).path(agent);
    var verdicts = new ArrayList<Verdict>();
    byCase.forEachEntry((caseId, result) -> verdicts.add(verdict(caseId, result, folder)));
    return new Report(agent, verdicts);
  }

  private static Verdict verdict(String caseId, JsonNode result, Path folder) {
    return new Verdict(
        caseId,
        result.required("behavior").asString(),
        result.required("behaviorClose").asString(),
        result.required("duration").asLong(),
        folder.resolve(result.required("reportfile").asString()));
  }

  /** All that must not be so: cases that are missing or too many, and verdicts that do not pass. */
  List<String> problems(Cases expected) {
    Map<Integer, List<Verdict>> byGroup = byGroup();
    var problems = new ArrayList<String>();
    var groups = new TreeMap<>(expected.countByGroup());
    byGroup.keySet().forEach(group -> groups.putIfAbsent(group, 0));
    groups.forEach((group, count) -> {
      int found = byGroup.getOrDefault(group, List.of()).size();
      if (found != count) {
        problems.add("group " + group + " has " + found + " verdicts, expected " + count);
      }
    });
    verdicts.stream()
        .filter(verdict -> !verdict.passes())
        .map(Verdict::toString)
        .forEach(problems::add);
    return problems;
  }

  /** The number of verdicts of each kind, a line for each group. */
  String summary() {
    long totalMillis = verdicts.stream().mapToLong(Verdict::durationMillis).sum();
    String head =
        "autobahn %s: %d cases, %.1f s".formatted(agent, verdicts.size(), totalMillis / 1000.0);
    return byGroup().entrySet().stream()
        .map(entry -> groupLine(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining("\n", head + "\n", ""));
  }

  private static String groupLine(int group, List<Verdict> verdicts) {
    var countByOutcome =
        verdicts.stream().collect(groupingBy(Verdict::outcome, TreeMap::new, counting()));
    String outcomes =
        countByOutcome.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining("; "));
    double seconds = verdicts.stream().mapToLong(Verdict::durationMillis).sum() / 1000.0;
    return "  group %2d: %3d cases, %5.1f s: %s"
        .formatted(group, verdicts.size(), seconds, outcomes);
  }

  private Map<Integer, List<Verdict>> byGroup() {
    return verdicts.stream().collect(groupingBy(Verdict::group, TreeMap::new, Collectors.toList()));
  }
}
