package dev.priz.cli;

import dev.priz.cli.LoadObserver.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * A load test on open connections: warm-up, measured time, and a moment for the answers that are
 * still due. Its thread only watches; the lanes send and receive.
 */
final class LoadRun {
  private static final long HEAD_START_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long STEP_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long DRAIN_STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final LoadPlan plan;
  private final LoadConnections connections;
  private final LoadObserver observer;
  private final List<Lane> lanes;
  private final Histogram[] lent;
  private final Histogram step = Tally.histogram();
  private final Histogram latencies = Tally.histogram();
  private final long measureNanos;
  private final long endNanos;
  private Counts measuredFrom = Counts.NONE;
  private Counts last = Counts.NONE;
  private long measuredFromNanos;
  private long lastNanos;

  /** A test that begins in a moment. */
  LoadRun(LoadPlan plan, LoadConnections connections, LoadObserver observer) {
    this.plan = plan;
    this.connections = connections;
    this.observer = observer;
    lanes = connections.lanes();
    lent = new Histogram[lanes.size()];
    lastNanos = System.nanoTime() + HEAD_START_NANOS;
    measureNanos = lastNanos + plan.warmUp().toNanos();
    endNanos = measureNanos + plan.duration().toNanos();
  }

  /** Tests until the time is over, all connections are lost, or this thread is interrupted. */
  LoadResults run() {
    boolean interrupted = false;
    Pacer pacer = begin();
    try (pacer) {
      boolean allLost = watch(lastNanos, measureNanos, observer::warmedUp);
      measuredFrom = last;
      measuredFromNanos = lastNanos;
      if (!allLost) watch(measureNanos, endNanos, this::noteMeasured);
    } catch (InterruptedException early) {
      interrupted = true;
    }
    return end(interrupted);
  }

  private @Nullable Pacer begin() {
    List<Schedule> schedules = new ArrayList<>();
    for (int i = 0; i < lanes.size() && plan.isOpenLoop(); i++) {
      double share = (double) lanes.get(i).size() / connections.opened();
      double offset = (double) i / lanes.size();
      schedules.add(Schedule.of(lastNanos, plan.messagesPerSecond(), share, offset));
    }
    for (int i = 0; i < lanes.size(); i++) {
      Lane lane = lanes.get(i);
      Schedule schedule = plan.isOpenLoop() ? schedules.get(i) : null;
      lane.execute(() -> lane.begin(schedule, measureNanos, endNanos));
    }
    return plan.isOpenLoop() ? Pacer.start(lanes, schedules) : null;
  }

  /** Who is told of each step. */
  private interface Watcher {
    void note(Interval interval);
  }

  // Returns whether all connections were lost before the time was over.
  private boolean watch(long fromNanos, long untilNanos, Watcher watcher)
      throws InterruptedException {
    try {
      long nextNanos = fromNanos + STEP_NANOS;
      for (; nextNanos - untilNanos < 0; nextNanos += STEP_NANOS) {
        if (connections.awaitAllLost(nextNanos - System.nanoTime())) return true;
        note(watcher);
      }
      return connections.awaitAllLost(untilNanos - System.nanoTime());
    } finally {
      note(watcher);
    }
  }

  private void note(Watcher watcher) {
    long now = System.nanoTime();
    Counts counts = counts();
    double seconds = Math.max(0, now - lastNanos) / 1e9;
    int open = connections.opened() - connections.lost();
    watcher.note(new Interval((now - measureNanos) / 1e9, seconds, counts.since(last), step, open));
    last = counts;
    lastNanos = now;
  }

  private void noteMeasured(Interval interval) {
    takeLatencies();
    observer.measured(interval);
  }

  private LoadResults end(boolean interrupted) {
    boolean measured = lastNanos - measureNanos > 0;
    double seconds = measured ? (lastNanos - measuredFromNanos) / 1e9 : 0;
    Counts during = last.since(measuredFrom);
    onEach(lane -> lane.stop(System.nanoTime()));
    boolean leftEarly = drain();
    onEach(lane -> lane.finish(System.nanoTime()));
    if (measured && !counts().equals(last)) note(this::noteMeasured);
    return new LoadResults(
        seconds, during, last.since(measuredFrom), latencies, lateness(), interrupted || leftEarly);
  }

  // Returns whether the user has no patience for it.
  private boolean drain() {
    long deadlineNanos = System.nanoTime() + DRAIN_NANOS;
    try {
      while (!isDrained() && System.nanoTime() - deadlineNanos < 0) {
        if (connections.awaitAllLost(DRAIN_STEP_NANOS)) return false;
      }
      return false;
    } catch (InterruptedException again) {
      return true;
    }
  }

  private boolean isDrained() {
    return lanes.stream()
        .map(lane -> CompletableFuture.supplyAsync(lane::isDrained, lane::execute))
        .toList()
        .stream()
        .allMatch(CompletableFuture::join);
  }

  /** Something to do on a lane's event loop. */
  private interface LaneAction {
    void run(Lane lane);
  }

  private void onEach(LaneAction action) {
    lanes.stream()
        .map(lane -> CompletableFuture.runAsync(() -> action.run(lane), lane::execute))
        .toList()
        .forEach(CompletableFuture::join);
  }

  private Counts counts() {
    return lanes.stream().map(lane -> lane.tally().counts()).reduce(Counts.NONE, Counts::plus);
  }

  private Histogram lateness() {
    Histogram all = Tally.histogram();
    lanes.forEach(lane -> all.add(lane.tally().lateness()));
    return all;
  }

  // Those of the warm-up are not recorded.
  private void takeLatencies() {
    step.reset();
    for (int i = 0; i < lent.length; i++) {
      lent[i] = lanes.get(i).tally().newLatencies(lent[i]);
      step.add(lent[i]);
    }
    latencies.add(step);
  }
}
