package dev.priz.netty;

import dev.priz.protocol.Closed;

/** What was to be sent can no longer be: the link is closing or has ended. */
public final class LinkClosedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Closed closed;

  LinkClosedException(Closed closed) {
    super("connection closed: " + closed, null, false, false);
    this.closed = closed;
  }

  /** How the link ended, or is about to. */
  public Closed closed() {
    return closed;
  }
}
