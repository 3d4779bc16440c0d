package dev.priz.conformance.autobahn;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;

/** The suite as a server, which puts a client that echoes every message to the test. */
final class FuzzingServer implements AutoCloseable {
  private static final Duration STARTING = Duration.ofSeconds(60);
  private static final Duration REPORTING = Duration.ofSeconds(30);

  private final String agent;
  private final Cases cases;
  private final SuiteFiles files;
  private final Progress progress;
  private final SuiteProcess process;
  private final int port;

  /** A client under test. */
  interface EchoClient {
    /** Connects, sends every message back, and returns when the connection has ended. */
    void run(URI url) throws Exception;
  }

  private FuzzingServer(String agent, Cases cases) throws InterruptedException {
    this.agent = agent;
    this.cases = cases;
    this.files = SuiteFiles.forRun(agent);
    this.progress = new Progress(agent, cases.count());
    this.process = SuiteProcess.start("server", files, files.writeSpec(agent, "", cases), progress);
    try {
      this.port = process.port(STARTING);
    } catch (AssertionError | InterruptedException e) {
      process.close();
      throw e;
    }
  }

  /**
   * Starts the server on a free port of 127.0.0.1 and returns when it listens.
   *
   * @param agent the name of the client in the report, and of the run's folder
   */
  static FuzzingServer start(String agent, Cases cases) throws InterruptedException {
    return new FuzzingServer(agent, cases);
  }

  /** Where a client runs one case; the first has number 1. */
  URI runCase(int number) {
    return url("runCase?case=" + number + "&agent=" + agent);
  }

  /** Where a client is told the number of cases, in a text message. */
  URI caseCount() {
    return url("getCaseCount");
  }

  /** Where a client makes the server write its report, before the connection closes. */
  URI updateReports() {
    return url("updateReports?agent=" + agent);
  }

  /**
   * Takes a client through all cases, prints how far it is and a summary, ends the server, and
   * returns the report.
   *
   * @throws AssertionError when the client throws, or does not get through in time
   */
  Report run(EchoClient client, Duration deadline) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + deadline.toNanos();
    for (int number = 1; number <= cases.count(); number++) {
      runCase(client, runCase(number), deadlineNanos);
    }
    process.endInput();
    process.awaitEnd(REPORTING);
    Report report = Report.read(files.reports(), agent);
    System.out.println(report.summary());
    return report;
  }

  @Override
  public void close() {
    process.close();
  }

  private URI url(String resource) {
    return URI.create("ws://127.0.0.1:" + port + "/" + resource);
  }

  private void runCase(EchoClient client, URI url, long deadlineNanos) throws InterruptedException {
    var task =
        new FutureTask<Void>(() -> {
          client.run(url);
          return null;
        });
    Thread thread = Thread.ofVirtual().name("autobahn-client").start(task);
    try {
      while (!isDoneSoon(task, deadlineNanos)) {
        if (System.nanoTime() - deadlineNanos >= 0) {
          throw process.failure("the client is not done in time", null);
        }
      }
    } finally {
      thread.interrupt();
    }
  }

  private boolean isDoneSoon(FutureTask<Void> task, long deadlineNanos)
      throws InterruptedException {
    progress.print();
    try {
      task.get(Progress.waitNanos(deadlineNanos), NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw process.failure("the client threw", e.getCause());
    }
  }
}
