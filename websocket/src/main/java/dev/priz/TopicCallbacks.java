package dev.priz;

import java.util.ArrayDeque;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls into the application that a message brings about: collected under the client's lock, made
 * without it. For the client's thread.
 */
final class TopicCallbacks {
  private static final Logger LOG = LoggerFactory.getLogger(TopicCallbacks.class);

  private final Queue<Runnable> due = new ArrayDeque<>();

  /** Has something called once the lock is free. */
  void add(Runnable callback) {
    due.add(callback);
  }

  /** Calls all; what one throws is logged, and keeps none from being called. */
  void run() {
    for (Runnable callback = due.poll(); callback != null; callback = due.poll()) {
      try {
        callback.run();
      } catch (Throwable thrown) {
        LOG.error("a callback of a topic client threw", thrown);
      }
      // An interrupt was for the callback, not for what the thread does next.
      boolean unused = Thread.interrupted();
    }
  }
}
