package dev.priz.benchmarks.topics;

import dev.priz.Transport;
import dev.priz.WebSocket;
import dev.priz.WebSocketServer;
import dev.priz.benchmarks.Worker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * One topic with many subscribers: how long a publication takes to each, without and with some that
 * never read, and when those have gone.
 */
final class Crowd {
  private static final int NEVER_READING = 10;
  private static final int PER_SECOND = 4;
  private static final Duration PHASE = Duration.ofSeconds(15);
  private static final int PAYLOAD_BYTES = 64;
  private static final int JAM_BYTES = 100_000;

  private Crowd() {}

  /** Measures, and prints as it goes. */
  static void run(int subscribers, String transport) throws IOException, InterruptedException {
    try (WebSocketServer server = server(transport);
        Worker audience =
            Worker.start(
                List.of(), Listeners.class, "ws://127.0.0.1:" + server.port(), "" + subscribers)) {
      audience.expect("ready", Duration.ofMinutes(3));
      System.out.printf(
          "%,d subscribers of one topic, %d B, %d publications/s, %s%n",
          server.topic("crowd").subscribers(), PAYLOAD_BYTES, PER_SECOND, server.transport());
      publishFor(server, PHASE);
      audience.tell("report");
      audience.expect("latency", Duration.ofSeconds(30));
      publishFor(server, PHASE);
      String quiet = report(audience);
      System.out.println("  latency without slow ones, ms: " + quiet);

      long before = usedHeap();
      audience.tell("jam " + NEVER_READING);
      audience.expect("jammed", Duration.ofSeconds(30));
      await(server, NEVER_READING);
      long begun = System.nanoTime();
      long goneNanos = jam(server, begun);
      long most = usedHeap();
      publishFor(server, PHASE.minusNanos(Math.min(goneNanos, PHASE.toNanos())));
      String slow = report(audience);
      System.out.println("  latency with " + NEVER_READING + " that never read, ms: " + slow);
      System.out.printf(
          "  these had gone after %.1f s; heap in use before and then: %,d and %,d MiB%n",
          goneNanos / 1e9, before >> 20, most >> 20);
      System.out.printf("  p99 x%.2f%n", p99(slow) / p99(quiet));
    }
  }

  private static WebSocketServer server(String transport) {
    return WebSocketServer.at("127.0.0.1:0")
        .deflate(null)
        .transport(Transport.valueOf(transport))
        .callbacks("/{topic}", ws -> subscribe(ws))
        .start();
  }

  private static void subscribe(WebSocket ws) {
    ws.subscribe("crowd");
    if (ws.pathParameter("topic").equals("jam")) ws.subscribe("jam");
  }

  private static void publishFor(WebSocketServer server, Duration time) {
    long end = System.nanoTime() + time.toNanos();
    long due = System.nanoTime();
    while (due - end < 0) {
      publish(server);
      due += Duration.ofSeconds(1).toNanos() / PER_SECOND;
      sleepUntil(due);
    }
  }

  // Fills the sockets of those who never read, while all others get what they got before.
  private static long jam(WebSocketServer server, long begun) {
    byte[] filling = new byte[JAM_BYTES];
    ThreadLocalRandom.current().nextBytes(filling);
    long due = begun;
    for (int i = 0; server.topic("jam").subscribers() > 0; i++) {
      if (i < 200) server.topic("jam").publish(filling);
      if (System.nanoTime() - due >= 0) {
        publish(server);
        due += Duration.ofSeconds(1).toNanos() / PER_SECOND;
      }
      sleepUntil(System.nanoTime() + Duration.ofMillis(20).toNanos());
      if (System.nanoTime() - begun > Duration.ofSeconds(60).toNanos()) break;
    }
    return System.nanoTime() - begun;
  }

  private static void publish(WebSocketServer server) {
    String time = Long.toString(System.nanoTime());
    server.topic("crowd").publish(time + " ".repeat(PAYLOAD_BYTES - time.length()));
  }

  private static void await(WebSocketServer server, int jammed) {
    while (server.topic("jam").subscribers() < jammed) Thread.onSpinWait();
  }

  private static void sleepUntil(long nanos) {
    long left = nanos - System.nanoTime();
    if (left > 0) LockSupport.parkNanos(left);
  }

  private static String report(Worker audience) throws IOException, InterruptedException {
    audience.tell("report");
    return audience.expect("latency", Duration.ofSeconds(30));
  }

  private static double p99(String report) {
    return Double.parseDouble(report.replaceAll(".*p99 ([0-9.]+).*", "$1"));
  }

  private static long usedHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
