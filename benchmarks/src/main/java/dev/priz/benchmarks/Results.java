package dev.priz.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that was measured, round for round. */
final class Results {
  private final List<Workload> workloads;
  private final List<Server> servers;
  private final Server floor;
  private final Map<Turn, Measurement> measurements = new LinkedHashMap<>();

  /**
   * Nothing yet; the first server with a turn at every workload is the one that the others are
   * compared with.
   */
  Results(List<Workload> workloads, List<Server> servers) {
    this.workloads = List.copyOf(workloads);
    this.servers = List.copyOf(servers);
    floor =
        servers.stream()
            .filter(server -> workloads.stream().allMatch(server::takesPartIn))
            .findFirst()
            .orElse(servers.getFirst());
  }

  /** One server's turn at one workload. */
  record Turn(Workload workload, Server server, int round) {}

  void add(Turn turn, Measurement measurement) {
    measurements.put(turn, measurement);
  }

  List<Workload> workloads() {
    return workloads;
  }

  List<Server> servers() {
    return servers;
  }

  /** Those that have a turn at a workload. */
  List<Server> servers(Workload workload) {
    return servers.stream().filter(server -> server.takesPartIn(workload)).toList();
  }

  /** What the others are compared with. */
  Server floor() {
    return floor;
  }

  Map<Turn, Measurement> measurements() {
    return measurements;
  }

  /** A figure over all rounds, or null if it was never measured. */
  @Nullable Spread spread(Workload workload, Server server, Metric metric) {
    return Spread.of(
        turns(workload, server)
            .map(turn -> measured(turn, metric))
            .filter(Objects::nonNull)
            .map(Objects::requireNonNull)
            .toList());
  }

  /** The headline as a multiple of the floor's, each within its own round, or null. */
  @Nullable Spread ratio(Workload workload, Server server) {
    List<Double> ratios = new ArrayList<>();
    turns(workload, server)
        .map(this::ratio)
        .forEach(ratio -> {
          if (ratio != null) ratios.add(ratio);
        });
    return Spread.of(ratios);
  }

  /** The same of one turn. */
  @Nullable Double ratio(Turn turn) {
    Workload workload = turn.workload();
    // What holds no heap and knows no connections is no measure for memory.
    if (workload.kind() == Workload.Kind.IDLE) return null;
    Metric headline = workload.kind().headline();
    Double own = measured(turn, headline);
    Double floors = measured(new Turn(workload, floor(), turn.round()), headline);
    return own == null || floors == null || floors == 0 ? null : own / floors;
  }

  /** Why turns of a server did not count; each reason once. */
  List<String> failures(Workload workload, Server server) {
    return turns(workload, server)
        .map(turn -> Objects.requireNonNull(measurements.get(turn)).failure())
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .distinct()
        .toList();
  }

  private @Nullable Double measured(Turn turn, Metric metric) {
    Measurement measurement = measurements.get(turn);
    return measurement == null ? null : measurement.value(metric);
  }

  private Stream<Turn> turns(Workload workload, Server server) {
    return measurements.keySet().stream()
        .filter(turn -> turn.workload().equals(workload) && turn.server().equals(server));
  }
}
