package dev.priz.cli;

import dev.priz.ConnectionClosedException;
import dev.priz.WebSocket;
import dev.priz.protocol.Closed;

/**
 * The messages of one connection: sends those that are due, and finds the due time of each answer.
 * All of it runs on the connection's event loop.
 *
 * <p>Answers come in the order of the messages, so the oldest message in flight is the one that is
 * answered: a ring of due times is all that has to be remembered.
 */
final class ConnectionLoad {
  private final WebSocket ws;
  private final int number;
  private final Lane lane;
  private final int pipeline;
  // Indexed by the last bits of the message's index.
  private final long[] dueNanos;
  private int slot;
  private long due;
  private long sent;
  private long answered;
  private boolean lost;

  /**
   * The load of an open connection.
   *
   * @param number tells its messages from those of other connections
   * @param pipeline most messages in flight
   */
  ConnectionLoad(WebSocket ws, int number, int pipeline, Lane lane) {
    this.ws = ws;
    this.number = number;
    this.pipeline = pipeline;
    this.lane = lane;
    dueNanos = new long[Integer.highestOneBit(Math.max(1, 2 * pipeline - 1))];
  }

  /** Begins to listen; nothing has been read before. */
  void listen() {
    ws.onText(text -> receive(lane.payload().isAnswer(text, number, answered)));
    ws.onBinary(data -> receive(lane.payload().isAnswer(data, number, answered)));
    // How the connection ended says it, too.
    ws.onError(ignored -> {});
    ws.onClose(this::lose);
  }

  /**
   * Takes its place among the connections of its lane.
   *
   * @param newSlot tells the lane which messages of its schedule are this connection's
   */
  void begin(int newSlot) {
    slot = newSlot;
  }

  /** Its next message is due. */
  void becomeDue() {
    due++;
    if (lost) {
      lane.tally().lost(1);
    } else {
      sendWhatIsDue();
    }
  }

  /** As many messages as the pipeline takes are due, always. */
  void becomeEndless() {
    due = Long.MAX_VALUE;
    if (!lost) sendWhatIsDue();
  }

  /** Whether an answer has to come yet. */
  boolean isWaiting() {
    return !lost && sent > answered;
  }

  /** Notes messages that were due and have no answer. */
  void finish(long nowNanos) {
    if (lost) return;
    long last = lane.isOpenLoop() ? due : sent;
    for (long index = answered; index < last; index++) {
      long since = index < sent ? dueNanos[ringIndex(index)] : lane.dueNanos(slot, index);
      if (lane.measures(since)) lane.tally().unanswered(nowNanos - since);
    }
    lost = true;
  }

  private void sendWhatIsDue() {
    while (sent < due && sent - answered < pipeline && !lane.isStopped()) {
      dueNanos[ringIndex(sent)] = lane.isOpenLoop() ? lane.dueNanos(slot, sent) : System.nanoTime();
      try {
        lane.payload().send(ws, number, sent);
      } catch (ConnectionClosedException closing) {
        // Its end is told soon.
        return;
      }
      sent++;
      lane.tally().sent();
    }
  }

  private void receive(boolean right) {
    if (lost) return;
    boolean asked = answered < sent;
    if (!right || !asked) lane.tally().wrong();
    if (!asked) return;
    long since = dueNanos[ringIndex(answered)];
    answered++;
    if (right) {
      lane.tally().received();
      if (lane.measures(since)) lane.tally().latency(System.nanoTime() - since);
    }
    sendWhatIsDue();
  }

  private void lose(Closed closed) {
    if (lost) return;
    lost = true;
    lane.tally().lost((lane.isOpenLoop() ? due : sent) - answered);
    lane.lose(closed);
  }

  private int ringIndex(long index) {
    return (int) index & (dueNanos.length - 1);
  }
}
