package dev.priz.protocol;

/**
 * Where a connection stands after the opening handshake.
 *
 * <pre>
 *            our Close               the peer's Close
 *   OPEN ──────────────► CLOSE_SENT ──────────────────► DRAINING ──┐
 *    │ │                  │      │                        ▲  ▲     │ end of stream,
 *    │ └─ the peer's Close, answered at once ─────────────┘  │     │ time-out, or too
 *    ├──── a violation ───┴──────────────────────────────────┘     │ many bytes drained
 *    │                           │                                 ▼
 *    └─── end of stream ─────────┴─── end of stream, time-out ──► CLOSED
 * </pre>
 */
public enum State {
  /** Messages go both ways. */
  OPEN,
  /** This end has begun the closing handshake; messages still come in, none goes out. */
  CLOSE_SENT,
  /** Nothing is left to say or to hear; input is dropped until the peer ends the stream. */
  DRAINING,
  /** The TCP connection can go. */
  CLOSED;

  boolean mayBecome(State next) {
    return compareTo(next) < 0;
  }
}
