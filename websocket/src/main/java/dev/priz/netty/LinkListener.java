package dev.priz.netty;

import dev.priz.protocol.Closed;
import dev.priz.protocol.Event;

/** What a {@link Link} tells its owner, always on the link's event loop and one call at a time. */
public interface LinkListener {

  /**
   * Takes the next event.
   *
   * @return false to have no further one until {@link Link#resume}
   */
  boolean receive(Event event);

  /** How many bytes of what it has received wait to be taken, while it wants no further event. */
  int heldBytes();

  /**
   * Learns how long the event loop was kept by the events of one read.
   *
   * @param nanos the time from the first to the last
   */
  void took(long nanos);

  /** Takes an error of the transport, such as a reset connection; {@link #closed} follows. */
  void failed(Throwable cause);

  /** Learns that the link has ended; the last call. */
  void closed(Closed closed, LinkEnd end);
}
