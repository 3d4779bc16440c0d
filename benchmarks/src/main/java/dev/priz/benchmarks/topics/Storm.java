package dev.priz.benchmarks.topics;

import dev.priz.Transport;
import dev.priz.WebSocket;
import dev.priz.WebSocketServer;
import dev.priz.benchmarks.Worker;
import dev.priz.benchmarks.soak.LoopProbes;
import dev.priz.topic.Publication;
import dev.priz.topic.TopicOptions;
import dev.priz.topic.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * All clients of a topic lose their connections at once: how long until all are back with what they
 * missed, and for how long that keeps the event loops.
 */
final class Storm {
  private static final int PER_SECOND = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final LoopProbes probes = new LoopProbes(Duration.ofMillis(50));
  private final AtomicBoolean running = new AtomicBoolean(true);

  private Storm() {}

  /** Measures, and prints as it goes. */
  static void run(int clients, String transport) throws IOException, InterruptedException {
    new Storm().measure(clients, transport);
  }

  private void measure(int clients, String transport) throws IOException, InterruptedException {
    try (WebSocketServer server = server(transport);
        Worker audience =
            Worker.start(
                List.of(), Recoverers.class, "ws://127.0.0.1:" + server.port(), "" + clients)) {
      Thread publisher = Thread.ofPlatform().start(() -> publish(server));
      audience.expect("ready", Duration.ofMinutes(3));
      LockSupport.parkNanos(Duration.ofSeconds(5).toNanos());
      audience.tell("report");
      System.out.printf("%,d clients recover at once, %s%n", clients, server.transport());
      System.out.println("  before: " + audience.expect("missed", Duration.ofSeconds(20)));

      long begun = System.nanoTime();
      server.connections().forEach(WebSocket::abort);
      await(server, clients);
      double seconds = (System.nanoTime() - begun) / 1e9;
      double lateMillis = probes.longestMillis(begun, false);
      double busyMillis = probes.longestMillis(begun, true);
      LockSupport.parkNanos(Duration.ofSeconds(5).toNanos());
      audience.tell("report");
      String missed = audience.expect("missed", Duration.ofSeconds(30));
      System.out.printf("  all back after %.1f s; missed %s%n", seconds, missed);
      System.out.printf(
          "  an event loop came %.0f ms late at most, %.0f ms without waits for a processor%n",
          lateMillis, busyMillis);
      running.set(false);
      publisher.join();
    }
  }

  private WebSocketServer server(String transport) {
    return WebSocketServer.at("127.0.0.1:0")
        .deflate(null)
        .transport(Transport.valueOf(transport))
        .topics("storm", TopicOptions.DEFAULT.history(1_000, Duration.ofMinutes(5)))
        .topicsAt(
            "/storm",
            (ws, topic) -> {
              probes.watchThisLoop();
              return Verdict.allow();
            })
        .start();
  }

  private void publish(WebSocketServer server) {
    long due = System.nanoTime();
    for (long number = 0; running.get(); number++) {
      server.topic("storm").publish(Publication.json(Long.toString(number)));
      due += Duration.ofSeconds(1).toNanos() / PER_SECOND;
      LockSupport.parkNanos(due - System.nanoTime());
    }
  }

  private static void await(WebSocketServer server, int clients) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
    while (server.topic("storm").subscribers() < clients && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }
}
