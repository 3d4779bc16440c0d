package dev.priz.cli;

import dev.priz.WebSocketClient;
import dev.priz.protocol.CloseCode;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A load test from the first connection to the report, which a signal only hastens. */
final class LoadTest {
  private static final int REPORT_SECONDS = 5;
  private static final int INTERRUPTED = 130;

  private final LoadPlan plan;
  private final Streams streams;
  private final @Nullable CsvRows rows;
  private final boolean outIsTaken;
  private final LoadProgress progress;
  private final LoadConnections connections;

  /**
   * A test that has not begun.
   *
   * @param client opens the connections; borrowed
   * @param rows follow the test, or null
   * @param outIsTaken whether the report goes to standard error
   */
  LoadTest(
      LoadPlan plan,
      WebSocketClient client,
      Streams streams,
      @Nullable CsvRows rows,
      boolean outIsTaken) {
    this.plan = plan;
    this.streams = streams;
    this.rows = rows;
    this.outIsTaken = outIsTaken;
    progress = new LoadProgress(streams.err(), streams.errIsTerminal());
    connections = new LoadConnections(client, plan);
  }

  /** Two that follow the same test. */
  private record Both(LoadObserver first, LoadObserver second) implements LoadObserver {
    @Override
    public void warmedUp(Interval interval) {
      first.warmedUp(interval);
      second.warmedUp(interval);
    }

    @Override
    public void measured(Interval interval) {
      first.measured(interval);
      second.measured(interval);
    }
  }

  /**
   * Tests, and tells what came out.
   *
   * @return the exit status
   * @throws CommandFailure if no connection can be opened, all are lost, or nothing is answered
   */
  int run() {
    var status = new AtomicInteger();
    var over = new CountDownLatch(1);
    Thread tester = Thread.currentThread();
    ShutdownHook.during(
        () -> {
          try {
            status.set(test());
          } finally {
            over.countDown();
          }
        },
        () -> {
          tester.interrupt();
          awaitReport(over);
        });
    return status.get();
  }

  private int test() {
    try {
      progress.opening(plan.connections());
      connections.open();
    } catch (InterruptedException nothingMeasured) {
      return INTERRUPTED;
    } finally {
      progress.clear();
    }
    LoadResults results = new LoadRun(plan, connections, observer()).run();
    progress.clear();
    tell(results);
    connections.close(results.interrupted() ? CloseCode.GOING_AWAY : CloseCode.NORMAL);
    if (results.interrupted()) return INTERRUPTED;
    judge(results);
    return 0;
  }

  private void judge(LoadResults results) {
    if (connections.areAllLost()) {
      throw new CommandFailure(
          "all %d connections were lost; the first: %s"
              .formatted(connections.opened(), connections.whyLost()));
    }
    if (results.counts().received() == 0) {
      throw new CommandFailure(
          "no message was answered; the server must send each one back as it is");
    }
  }

  private LoadObserver observer() {
    return rows == null ? progress : new Both(progress, rows);
  }

  private void tell(LoadResults results) {
    if (rows != null) rows.finish(results.latencies());
    if (results.counts().received() == 0 && connections.areAllLost()) return;
    List<String> report = LoadReport.lines(plan, connections, results);
    if (outIsTaken) {
      report.forEach(streams.err()::println);
    } else {
      report.forEach(streams::println);
    }
  }

  private static void awaitReport(CountDownLatch over) {
    try {
      var unused = over.await(REPORT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException leaveAnyway) {
      Thread.currentThread().interrupt();
    }
  }
}
