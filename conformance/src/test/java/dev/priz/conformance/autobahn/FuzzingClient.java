package dev.priz.conformance.autobahn;

import java.net.URI;
import java.time.Duration;

/** The suite as a client, which puts a server that echoes every message to the test. */
final class FuzzingClient {
  private FuzzingClient() {}

  /**
   * Runs cases against a server, prints how far it is and a summary, and returns the report.
   *
   * @param agent the name of the server in the report, and of the run's folder
   * @throws AssertionError when the suite does not get through in time
   */
  static Report run(String agent, URI server, Cases cases, Duration deadline)
      throws InterruptedException {
    SuiteFiles files = SuiteFiles.forRun(agent);
    var spec = files.writeSpec(agent, server.toString(), cases);
    try (var process =
        SuiteProcess.start("client", files, spec, new Progress(agent, cases.count()))) {
      process.awaitEnd(deadline);
    }
    Report report = Report.read(files.reports(), agent);
    System.out.println(report.summary());
    return report;
  }
}
