package dev.priz.demo;

import dev.priz.WebSocketServer;
import dev.priz.WebSocketServerBuilder;
import java.time.Duration;
import java.util.List;

/** All demos behind one port: their pages over HTTP, and what the pages talk to over WebSockets. */
public final class DemoServer {
  private static final Duration MEASURING_INTERVAL = Duration.ofSeconds(1);

  private DemoServer() {}

  /**
   * Starts the demos; closing the server ends them.
   *
   * @param host to listen on, such as {@code localhost}, {@code 0.0.0.0} or {@code [::1]}
   * @param port to listen on, 0 for a free one
   * @throws IllegalArgumentException if host or port is malformed
   * @throws dev.priz.WebSocketException if they cannot be listened on
   */
  public static WebSocketServer start(String host, int port) {
    List<Demo> demos =
        List.of(
            new Chat(),
            new Dashboard(MEASURING_INTERVAL),
            new Editor(),
            new Game(),
            new Iot(),
            new Notifications(),
            new Prices());
    WebSocketServerBuilder builder = WebSocketServer.at(host + ":" + port).http(new Pages());
    demos.forEach(demo -> demo.configure(builder));
    WebSocketServer server = builder.start();
    demos.forEach(demo -> demo.start(server));
    return server;
  }
}
