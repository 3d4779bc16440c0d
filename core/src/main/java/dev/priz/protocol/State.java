package dev.priz.protocol;

/**
 * Where a connection stands after the opening handshake.
 *
 * <pre>
 *   OPEN ──our Close──► CLOSE_SENT ──────────the peer's Close, a violation──► DRAINING
 *   OPEN ──the peer's Close, a violation──► ANSWERING ────────our answer────► DRAINING
 *   OPEN ──the same, where the answer is {@linkplain Connection#holdAnswers not held}──► DRAINING
 *   DRAINING ──too many bytes──► CLOSED
 *   any ──end of stream, time-out──► CLOSED
 * </pre>
 */
public enum State {
  /** Messages go both ways. */
  OPEN,
  /** This end has begun the closing handshake; messages still come in, none goes out. */
  CLOSE_SENT,
  /** The peer has closed or broken a rule; what is left to say may be said before the answer. */
  ANSWERING,
  /** Nothing is left to say or to hear; input is dropped until the peer ends the stream. */
  DRAINING,
  /** The TCP connection can go. */
  CLOSED;

  /** Whether messages may be sent. */
  public boolean maySend() {
    return this == OPEN || this == ANSWERING;
  }

  boolean mayBecome(State next) {
    return compareTo(next) < 0 && !(this == CLOSE_SENT && next == ANSWERING);
  }
}
