package dev.priz;

import dev.priz.protocol.Limits;
import dev.priz.protocol.Timeouts;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** Both ends of one connection, for a test to hold one in each hand. */
final class Ends implements AutoCloseable {
  private final WebSocketServer acceptor;
  private final WebSocketClient connector;
  private final WebSocket client;
  private final WebSocket server;

  private Ends(WebSocketServerBuilder acceptor, WebSocketClientBuilder connector) {
    this.acceptor = acceptor.start();
    this.connector = connector.build();
    client = this.connector.connect(this.acceptor.address());
    server = this.acceptor.accept();
  }

  static Ends open() {
    return open(ConnectionOptions.DEFAULT);
  }

  static Ends open(Transport transport) {
    return open(server -> server.transport(transport), client -> client.transport(transport));
  }

  static Ends open(ConnectionOptions both) {
    return open(server -> server.options(both), client -> client.options(both));
  }

  static Ends open(Limits both) {
    return open(ConnectionOptions.DEFAULT.limits(both));
  }

  static Ends open(Timeouts both) {
    return open(ConnectionOptions.DEFAULT.timeouts(both));
  }

  static Ends open(
      UnaryOperator<WebSocketServerBuilder> server, UnaryOperator<WebSocketClientBuilder> client) {
    return new Ends(
        server.apply(WebSocketServer.at("127.0.0.1:0")), client.apply(WebSocketClient.builder()));
  }

  /** The client's end. */
  WebSocket client() {
    return client;
  }

  /** The server's end. */
  WebSocket server() {
    return server;
  }

  /** The server that the client has connected to. */
  WebSocketServer acceptor() {
    return acceptor;
  }

  /** The client that has connected to the server. */
  WebSocketClient connector() {
    return connector;
  }

  /** Ends everything at once, whatever the test has left undone. */
  @Override
  public void close() {
    client.abort();
    server.abort();
    connector.close();
    acceptor.stop(Duration.ofSeconds(5));
  }
}
