package dev.priz.cli;

import dev.priz.WebSocketException;
import dev.priz.WebSocketServer;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** A server in the foreground, from its start to the signal that ends it, and where it listens. */
final class Serving {
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);
  private static final int INTERRUPTED = 130;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      converter = Arguments.Host.class,
      description = "Address to listen on; default ${DEFAULT-VALUE}, 0.0.0.0 for all.")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      converter = Arguments.Port.class,
      description = "Port to listen on, 0 for a free one; default ${DEFAULT-VALUE}.")
  private int port;

  /** The part of a command that serves, on this port unless another is chosen. */
  Serving(int defaultPort) {
    port = defaultPort;
  }

  /** Name or address to listen on, an IPv6 address without brackets. */
  String host() {
    return host;
  }

  /** Port to listen on; 0 picks a free one. */
  int port() {
    return port;
  }

  /**
   * Serves until a signal, or an interrupt of this thread, stops the server: its connections are
   * closed with code 1001.
   *
   * @param starter starts a server on an address such as {@code 127.0.0.1:8080}
   * @param announcer tells the user, once clients can connect
   * @return the exit status
   * @throws CommandFailure if the address cannot be listened on
   */
  int run(Function<String, WebSocketServer> starter, Consumer<WebSocketServer> announcer) {
    WebSocketServer server = start(starter);
    try {
      ShutdownHook.during(
          () -> {
            announcer.accept(server);
            server.join();
          },
          () -> server.stop(STOP_TIMEOUT));
      return 0;
    } catch (WebSocketException interrupted) {
      // Cleared, so that clients are still told.
      if (!Thread.interrupted()) throw interrupted;
      return INTERRUPTED;
    } finally {
      server.stop(STOP_TIMEOUT);
    }
  }

  /** Host and port for an address, such as {@code [::1]:8080}. */
  static String authority(String host, int port) {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  private WebSocketServer start(Function<String, WebSocketServer> starter) {
    String address = authority(host, port);
    try {
      return starter.apply(address);
    } catch (WebSocketException failure) {
      throw new CommandFailure(
          "cannot listen on "
              + address
              + ": "
              + reason(failure)
              + "; choose another --port or --host",
          failure);
    }
  }

  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) root = root.getCause();
    String message = root.getMessage();
    // The JDK has no words for a host that it could not resolve; a native transport puts the system
    // call first.
    return message == null
        ? "unknown host"
        : message.replaceFirst(".* failed with error\\(-?\\d+\\): ", "");
  }
}
