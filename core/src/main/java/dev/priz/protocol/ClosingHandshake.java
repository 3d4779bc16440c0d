package dev.priz.protocol;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The end of a connection (RFC 6455 §7): which Close frames passed, who began, and how long to wait
 * for the rest.
 */
final class ClosingHandshake {
  private final Side side;
  private final int maxDrainBytes;
  private final long closeNanos;
  private final long lingerNanos;
  private State state = State.OPEN;
  private @Nullable Close sent;
  private @Nullable Close received;
  private @Nullable Violation violation;
  // Why this end gave up: not always what it sent, which may have begun a closing handshake before.
  private @Nullable Close failure;
  private Closed.By by = Closed.By.NOBODY;
  // Meaningful in CLOSE_SENT and DRAINING.
  private long deadlineNanos;
  private long drainedBytes;

  ClosingHandshake(Side side, Limits limits, Timeouts timeouts) {
    this.side = side;
    maxDrainBytes = limits.maxDrainBytes();
    closeNanos = timeouts.close().toNanos();
    lingerNanos = timeouts.linger().toNanos();
  }

  State state() {
    return state;
  }

  /** Begins the handshake from this end. */
  void send(Close close, long nowNanos) {
    sent = close;
    by = Closed.By.THIS_END;
    deadlineNanos = nowNanos + closeNanos;
    moveTo(State.CLOSE_SENT);
  }

  /**
   * Takes the peer's Close frame.
   *
   * @return the frame that answers it, or null if it is itself the answer
   */
  @Nullable Close receive(Close close, long nowNanos) {
    received = close;
    // RFC 6455 §7.1.1: the server closes the TCP connection first, "a client SHOULD wait for the
    // server"
    deadlineNanos = nowNanos + (side == Side.CLIENT ? closeNanos : lingerNanos);
    Close answer = null;
    if (sent == null) {
      // RFC 6455 §5.5.1: "the endpoint typically echos the status code it received"
      answer = new Close(close.code(), "");
      sent = answer;
      by = Closed.By.PEER;
    }
    moveTo(State.DRAINING);
    return answer;
  }

  /**
   * Fails the connection (RFC 6455 §7.1.7).
   *
   * @return the frame that tells the peer, or null if a Close frame has gone out already
   */
  @Nullable Close fail(Violation broken, long nowNanos) {
    violation = broken;
    failure = new Close(broken.closeCode(), broken.text());
    deadlineNanos = nowNanos + lingerNanos;
    moveTo(State.DRAINING);
    if (sent != null) return null;
    by = Closed.By.THIS_END;
    sent = failure;
    return sent;
  }

  /** Gives the connection up without telling the peer, who could not hear it. */
  void abort(Close close) {
    if (state == State.CLOSED) return;
    failure = close;
    if (sent == null) {
      by = Closed.By.THIS_END;
      sent = close;
    }
    moveTo(State.CLOSED);
  }

  /** Drops input, up to the limit. */
  void drain(ByteBuffer in) {
    if (state == State.CLOSED) {
      in.position(in.limit());
      return;
    }
    drainedBytes += in.remaining();
    in.position(in.limit());
    if (drainedBytes > maxDrainBytes) moveTo(State.CLOSED);
  }

  /** Notes that the TCP connection has ended, or is given up. */
  void end() {
    if (state != State.CLOSED) moveTo(State.CLOSED);
  }

  long deadlineNanos() {
    return state == State.CLOSED ? Connection.NO_DEADLINE : deadlineNanos;
  }

  void timeout(long nowNanos) {
    if (state != State.CLOSED && nowNanos - deadlineNanos >= 0) moveTo(State.CLOSED);
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

  private void moveTo(State next) {
    assert state.mayBecome(next) : state + " -> " + next;
    state = next;
  }
}
