package dev.priz.conformance.interop;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The connections that clients of Priz have opened to somebody else's server. */
final class Visitors {
  private final BlockingQueue<PeerConnection> waiting = new LinkedBlockingQueue<>();

  /** Greets a client who has just come. */
  void greet(PeerConnection connection) {
    try {
      connection.send(Contract.GREETING);
    } catch (Exception failure) {
      throw new AssertionError("could not greet", failure);
    }
    waiting.add(connection);
  }

  /** The next one; waits for it. */
  PeerConnection next() throws InterruptedException {
    PeerConnection next = waiting.poll(Heard.DEADLINE_SECONDS, SECONDS);
    if (next == null) throw new AssertionError("nobody came");
    return next;
  }
}
