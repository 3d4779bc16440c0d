package dev.priz.demo;

import dev.priz.WebSocketServer;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Something that happens again and again while a server runs, on a virtual thread. */
final class Pulse {
  private Pulse() {}

  /**
   * Runs an action at a fixed rate until the server stops; one that takes longer than the interval
   * is not made up for.
   */
  static void every(Duration interval, WebSocketServer server, Runnable action) {
    Thread pulse = Thread.ofVirtual().name("demo").start(() -> run(interval.toNanos(), action));
    Thread.ofVirtual()
        .name("demo end")
        .start(() -> {
          server.join();
          pulse.interrupt();
        });
  }

  private static void run(long intervalNanos, Runnable action) {
    long due = System.nanoTime();
    while (!Thread.currentThread().isInterrupted()) {
      action.run();
      due = Math.max(due + intervalNanos, System.nanoTime());
      LockSupport.parkNanos(due - System.nanoTime());
    }
  }
}
