package dev.priz.protocol;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The end of a connection (RFC 6455 §7): which Close frames passed, who began, and how long to wait
 * for the rest.
 */
final class ClosingHandshake {
  /** What {@link #closed} says before anything has happened. */
  static final Closed NOT_BEGUN =
      new Closed(CloseCode.ABNORMAL, "", Closed.By.NOBODY, null, null, null);

  private final Side side;
  private final Limits limits;
  private final Timeouts timeouts;
  private State state = State.OPEN;
  private @Nullable Close sent;
  private @Nullable Close received;
  private @Nullable Violation violation;
  // Why this end gave up: not always what it sent, which may have begun a closing handshake before.
  private @Nullable Close failure;
  private Closed.By by = Closed.By.NOBODY;
  private boolean holdsAnswers;
  // Meaningful in CLOSE_SENT, ANSWERING and DRAINING.
  private long deadlineNanos;
  private long drainedBytes;

  ClosingHandshake(Side side, Limits limits, Timeouts timeouts) {
    this.side = side;
    this.limits = limits;
    this.timeouts = timeouts;
  }

  State state() {
    return state;
  }

  /** Begins the handshake from this end. */
  void send(Close close, long nowNanos) {
    sent = close;
    by = Closed.By.THIS_END;
    deadlineNanos = nowNanos + timeouts.close().toNanos();
    moveTo(State.CLOSE_SENT);
  }

  /** Has the peer's Close frame, or its violation, wait for {@link #answer}. */
  void holdAnswers() {
    holdsAnswers = true;
  }

  /**
   * Takes the peer's Close frame.
   *
   * @return the frame that answers it, or null if it is itself the answer, or the answer is held
   */
  @Nullable Close receive(Close close, long nowNanos) {
    received = close;
    if (sent == null) by = Closed.By.PEER;
    return answerOrHold(nowNanos);
  }

  /**
   * Fails the connection (RFC 6455 §7.1.7).
   *
   * @return the frame that tells the peer, or null if a Close frame has gone out already, or the
   *     answer is held
   */
  @Nullable Close fail(Violation broken, long nowNanos) {
    violation = broken;
    failure = new Close(broken.closeCode(), broken.text());
    if (sent == null) by = Closed.By.THIS_END;
    return answerOrHold(nowNanos);
  }

  /**
   * Answers what was held.
   *
   * @return the frame that does, or null if none was held
   */
  @Nullable Close answer(long nowNanos) {
    return state == State.ANSWERING ? conclude(nowNanos) : null;
  }

  /** Gives the connection up without telling the peer, who could not hear it. */
  void abort(Close close) {
    if (state == State.CLOSED) return;
    // In ANSWERING the peer has begun or has broken a rule already, and is not answered any more.
    if (state != State.ANSWERING) failure = close;
    if (state == State.OPEN) {
      by = Closed.By.THIS_END;
      sent = close;
    }
    moveTo(State.CLOSED);
  }

  /** Drops input, while the peer may still be reading up to the limit. */
  void drain(ByteBuffer in) {
    if (state == State.DRAINING) drainedBytes += in.remaining();
    in.position(in.limit());
    if (drainedBytes > limits.maxDrainBytes()) end();
  }

  /** Notes that the TCP connection has ended, or is given up. */
  void end() {
    if (state != State.CLOSED) moveTo(State.CLOSED);
  }

  long deadlineNanos() {
    return state == State.CLOSED ? Connection.NO_DEADLINE : deadlineNanos;
  }

  /** Gives up waiting if it is time; true if what was held must now be answered. */
  boolean timeout(long nowNanos) {
    if (state == State.CLOSED || nowNanos - deadlineNanos < 0) return false;
    if (state == State.ANSWERING) return true;
    moveTo(State.CLOSED);
    return false;
  }

  boolean endsOutput() {
    return state == State.DRAINING && (side == Side.SERVER || failure != null);
  }

  Closed closed() {
    Close told = received != null ? received : failure;
    int code = told == null ? CloseCode.ABNORMAL : told.code();
    String reason = told == null ? "" : told.reason();
    return new Closed(code, reason, by, sent, received, violation);
  }

  private @Nullable Close answerOrHold(long nowNanos) {
    if (sent != null || !holdsAnswers) return conclude(nowNanos);
    deadlineNanos = nowNanos + timeouts.close().toNanos();
    moveTo(State.ANSWERING);
    return null;
  }

  private @Nullable Close conclude(long nowNanos) {
    // RFC 6455 §7.1.1: the server closes the TCP connection first, "a client SHOULD wait for the
    // server"
    boolean waits = side == Side.CLIENT && failure == null;
    deadlineNanos = nowNanos + (waits ? timeouts.close() : timeouts.linger()).toNanos();
    moveTo(State.DRAINING);
    if (sent != null) return null;
    sent = failure != null ? failure : echo();
    return sent;
  }

  // RFC 6455 §5.5.1: "the endpoint typically echos the status code it received"
  private Close echo() {
    assert received != null : "nothing to echo";
    return new Close(received.code(), "");
  }

  private void moveTo(State next) {
    assert state.mayBecome(next) : state + " -> " + next;
    state = next;
  }
}
