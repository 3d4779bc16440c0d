package dev.priz.cli;

import dev.priz.WebSocket;
import dev.priz.protocol.Closed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop. What is not said to be for any thread runs on that loop, so
 * nothing in it needs a lock, and sending costs no change of threads.
 */
final class Lane {
  private final Tally tally = new Tally();
  private final List<ConnectionLoad> loads = new ArrayList<>();
  private final AtomicBoolean called = new AtomicBoolean();
  private final Runnable sendingOfWhatIsDue = this::sendWhatIsDue;
  private final Payload payload;
  private final WebSocket anyWebSocket;
  private final Consumer<Closed> loser;
  private @Nullable Schedule schedule;
  private long next;
  private long measureNanos;
  private long endNanos;
  private boolean stopped;

  /**
   * A lane without connections.
   *
   * @param payload to send; taken
   * @param anyWebSocket of this loop
   * @param loser is told of each connection that is lost, on the loop
   */
  Lane(Payload payload, WebSocket anyWebSocket, Consumer<Closed> loser) {
    this.payload = payload;
    this.anyWebSocket = anyWebSocket;
    this.loser = loser;
  }

  /** Runs something on the loop, soon. For any thread. */
  void execute(Runnable action) {
    // An open connection's onOpen is called a turn of the loop later, also when the connection has
    // ended since.
    anyWebSocket.onOpen(action);
  }

  /** What has been counted. For any thread. */
  Tally tally() {
    return tally;
  }

  /** Has what is due by now sent, soon. For any thread. */
  void callToSend() {
    if (called.compareAndSet(false, true)) execute(sendingOfWhatIsDue);
  }

  Payload payload() {
    return payload;
  }

  void add(ConnectionLoad load) {
    loads.add(load);
  }

  /** The number of its connections. For any thread, once all have been added. */
  int size() {
    return loads.size();
  }

  /**
   * Begins to send.
   *
   * @param newSchedule when messages are due, or null to send the next one at each answer
   * @param newMeasureNanos when the measured time begins
   * @param newEndNanos when it ends; nothing that comes after it is due
   */
  void begin(@Nullable Schedule newSchedule, long newMeasureNanos, long newEndNanos) {
    schedule = newSchedule;
    measureNanos = newMeasureNanos;
    endNanos = newEndNanos;
    for (int slot = 0; slot < loads.size(); slot++) loads.get(slot).begin(slot);
    if (newSchedule == null) loads.forEach(ConnectionLoad::becomeEndless);
  }

  /**
   * Sends no more; what is in flight may still be answered.
   *
   * @param nowNanos ends the measured time, if that has not ended yet
   */
  void stop(long nowNanos) {
    // The last messages may have become due since the last call.
    if (schedule != null) becomeDueUntil(schedule, nowNanos);
    stopped = true;
    if (nowNanos - endNanos < 0) endNanos = nowNanos;
  }

  /** Whether no answer has to come any more. */
  boolean isDrained() {
    return loads.stream().noneMatch(ConnectionLoad::isWaiting);
  }

  /** Gives up what has no answer yet. */
  void finish(long nowNanos) {
    for (ConnectionLoad load : loads) load.finish(nowNanos);
  }

  boolean isOpenLoop() {
    return schedule != null;
  }

  boolean isStopped() {
    return stopped;
  }

  /** Whether what was due at a point in time is measured. */
  boolean measures(long dueNanos) {
    return dueNanos - measureNanos >= 0 && dueNanos - endNanos < 0;
  }

  /**
   * When a message of one of the connections is due, which take turns.
   *
   * @param slot of the connection
   * @param index of the message on its connection
   */
  long dueNanos(int slot, long index) {
    assert schedule != null : "only an open loop has due times";
    return schedule.dueNanos(index * loads.size() + slot);
  }

  void lose(Closed closed) {
    loser.accept(closed);
  }

  private void sendWhatIsDue() {
    called.set(false);
    if (schedule != null && !stopped) becomeDueUntil(schedule, System.nanoTime());
  }

  private void becomeDueUntil(Schedule dueTimes, long nowNanos) {
    long untilNanos = nowNanos - endNanos < 0 ? nowNanos : endNanos;
    for (; dueTimes.dueNanos(next) - untilNanos < 0; next++) {
      long dueNanos = dueTimes.dueNanos(next);
      if (measures(dueNanos)) tally.lateness(nowNanos - dueNanos);
      loads.get((int) (next % loads.size())).becomeDue();
    }
  }
}
