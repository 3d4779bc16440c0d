package dev.priz;

import dev.priz.protocol.Closed;

/** Something was to be sent on a connection that is closing or has ended. */
public final class ConnectionClosedException extends WebSocketException {
  private static final long serialVersionUID = 1L;

  private final transient Closed closed;

  ConnectionClosedException(Closed closed) {
    this(closed, true);
  }

  private ConnectionClosedException(Closed closed, boolean withStackTrace) {
    super("connection closed: " + closed, withStackTrace);
    this.closed = closed;
  }

  /** One without a stack trace: thousands of messages may be told at once, on the event loop. */
  static ConnectionClosedException later(Closed closed) {
    return new ConnectionClosedException(closed, false);
  }

  /**
   * How the connection ended, or what is known of it while it is closing: both Close frames and who
   * began.
   */
  public Closed closed() {
    return closed;
  }
}
