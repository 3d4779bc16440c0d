package dev.priz.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.benchmarks.Results.Turn;
import dev.priz.benchmarks.Server.Deflate;
import dev.priz.benchmarks.Server.Family;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ResultsTest {
  private static final Workload ECHO = Workload.named(List.of("echo-50")).getFirst();
  private static final Server RAW = new Server("raw", Family.FLOOR, List.of(), Deflate.CAN, "");
  private static final Server PRIZ = new Server("priz", Family.PRIZ, List.of(), Deflate.CAN, "");
  private static final Workload DEFLATE = Workload.named(List.of("echo-1k-deflate")).getFirst();
  private static final Server UNABLE =
      new Server("unable", Family.OTHER, List.of(), Deflate.CANNOT, "");
  private static final Server DEDICATED =
      new Server("dedicated", Family.PRIZ, List.of(), Deflate.ONLY, "");

  private final Results results = new Results(List.of(ECHO), List.of(RAW, PRIZ));

  @Test
  void takesRatiosWithinARound() {
    add(RAW, 1, 2.0);
    add(PRIZ, 1, 3.0);
    add(RAW, 2, 4.0);
    add(PRIZ, 2, 4.0);

    assertThat(results.ratio(ECHO, PRIZ)).isEqualTo(new Spread(1.25, 1.0, 1.5));
  }

  @Test
  void leavesOutRoundsThatFailed() {
    add(RAW, 1, 2.0);
    results.add(new Turn(ECHO, PRIZ, 1), Measurement.failed("no answer"));
    add(RAW, 2, 2.0);
    add(PRIZ, 2, 6.0);

    assertThat(results.spread(ECHO, PRIZ, Metric.CPU_MICROS)).isEqualTo(new Spread(6, 6, 6));
    assertThat(results.ratio(ECHO, PRIZ)).isEqualTo(new Spread(3, 3, 3));
    assertThat(results.failures(ECHO, PRIZ)).containsExactly("no answer");
  }

  @Test
  void givesTurnsToThoseWhoCanTakeThem() {
    var results = new Results(List.of(ECHO, DEFLATE), List.of(UNABLE, DEDICATED, RAW));

    assertThat(results.servers(ECHO)).containsExactly(UNABLE, RAW);
    assertThat(results.servers(DEFLATE)).containsExactly(DEDICATED, RAW);
    assertThat(results.floor()).isEqualTo(RAW);
  }

  @Test
  void tellsWhoCannotCompress() {
    var results = new Results(List.of(ECHO, DEFLATE), List.of(RAW, UNABLE, DEDICATED));

    assertThat(new TextReport(results, List.of()).lines())
        .containsOnlyOnce("  unable does not compress and is left out")
        .contains("  raw does this meanwhile: 1 KiB text, 50 connections, one under way on each");
  }

  @Test
  void writesALineOfCsvForEachTurn() {
    add(RAW, 1, 2.0);
    results.add(new Turn(ECHO, PRIZ, 1), Measurement.failed("3 wrong answers, \"late\""));

    List<String> lines = new CsvReport(results).lines();

    assertThat(lines).hasSize(3);
    assertThat(lines.get(1)).startsWith("echo-50,raw,1,1.0000,,2.0000,");
    assertThat(lines.get(2))
        .startsWith("echo-50,priz,1,,")
        .endsWith(",\"3 wrong answers, \"\"late\"\"\"");
  }

  @Test
  void namesFailuresUnderTheTable() {
    results.add(new Turn(ECHO, PRIZ, 1), Measurement.failed("no answer"));

    assertThat(new TextReport(results, List.of()).lines()).contains("! priz FAILED: no answer");
  }

  private void add(Server server, int round, double micros) {
    results.add(new Turn(ECHO, server, round), Measurement.of(Map.of(Metric.CPU_MICROS, micros)));
  }
}
