package dev.priz.benchmarks.siege;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.priz.ServerLimits;
import dev.priz.TopicRules;
import dev.priz.Transport;
import dev.priz.WebSocket;
import dev.priz.WebSocketServer;
import dev.priz.benchmarks.soak.LoopProbes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The server under siege, with the defaults of all servers but where a row is about a limit. */
final class SiegeServer {
  private static final UnixOperatingSystemMXBean SYSTEM =
      (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final Duration PROBE_PERIOD = Duration.ofMillis(1);
  private static final Duration SLOW = Duration.ofMillis(50);

  private SiegeServer() {}

  /**
   * Runs it until the input ends; each line of the input asks how many connections and descriptors
   * there are, and how late its event loop's probes came since the last line, with and without
   * waits for a processor.
   *
   * @param arguments transport, and the row
   */
  public static void main(String[] arguments) throws IOException {
    var probes = new LoopProbes(PROBE_PERIOD);
    ServerLimits limits = ServerLimits.DEFAULT;
    if (arguments[1].equals("RS-14")) limits = limits.handshakesPerAddress(100, 200);
    try (WebSocketServer server =
            WebSocketServer.at("0.0.0.0:0")
                .threads(1)
                .transport(Transport.of(arguments[0]))
                .limits(limits)
                .callbacks("/", ws -> echo(ws, probes))
                .callbacks("/broadcast", ws -> quietly(ws).subscribe("broadcast"))
                .route("/slow", SiegeServer::takeSlowly)
                .topicsAt("/topics", TopicRules.SUBSCRIBE_ONLY)
                .start();
        var broadcasts = Executors.newSingleThreadScheduledExecutor()) {
      byte[] news = new byte[10 * 1024];
      ThreadLocalRandom.current().nextBytes(news);
      if (arguments[1].equals("RS-10")) {
        broadcasts.scheduleAtFixedRate(
            () -> server.topic("broadcast").publish(news), 1, 1, TimeUnit.MILLISECONDS);
      }
      System.out.println("port " + server.port());
      System.out.println("transport " + server.transport());
      var lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
      while (lines.readLine() != null) {
        System.out.printf(
            Locale.ROOT,
            "look %d %d %.3f %.3f%n",
            server.connections().size(),
            SYSTEM.getOpenFileDescriptorCount(),
            probes.p99Millis(false),
            probes.p99Millis(true));
        probes.beginAnew();
      }
    }
  }

  private static void echo(WebSocket ws, LoopProbes probes) {
    probes.watchThisLoop();
    quietly(ws).onMessage(ws::send);
  }

  private static void takeSlowly(WebSocket ws) {
    quietly(ws);
    while (ws.receive() != null) LockSupport.parkNanos(SLOW.toNanos());
  }

  // Thousands of them would be in the log.
  private static WebSocket quietly(WebSocket ws) {
    return ws.onError(ignored -> {});
  }
}
