package dev.priz.benchmarks.server;

import dev.priz.Transport;
import dev.priz.WebSocket;
import dev.priz.WebSocketServer;
import dev.priz.WebSocketServerBuilder;
import dev.priz.protocol.DeflateOptions;
import dev.priz.protocol.Message;
import dev.priz.topic.Publication;

/** Priz itself. */
public final class PrizEcho {
  private static final String TOPIC = "all";

  private PrizEcho() {}

  /**
   * Starts the server.
   *
   * @param args port, transport, {@code callbacks} or {@code loop}, and {@code dedicated} if each
   *     connection is to compress with memory of its own
   */
  public static void main(String[] args) {
    WebSocketServerBuilder builder =
        WebSocketServer.at("127.0.0.1:" + args[0]).transport(Transport.of(args[1])).threads(1);
    if (args.length > 3) builder.deflate(DeflateOptions.DEDICATED);
    if (args[2].equals("loop")) {
      builder.route("/", PrizEcho::echo).route("/broadcast", PrizEcho::broadcast);
    } else {
      builder
          .callbacks("/", ws -> ws.onText(ws::send).onBinary(ws::send))
          .callbacks("/broadcast", PrizEcho::subscribe);
    }
    builder.start().join();
  }

  private static void echo(WebSocket ws) {
    for (Message message : ws) ws.send(message);
  }

  private static void broadcast(WebSocket ws) {
    ws.subscribe(TOPIC);
    for (Message message : ws) ws.publish(TOPIC, Publication.text(message.text()));
  }

  private static void subscribe(WebSocket ws) {
    ws.subscribe(TOPIC);
    ws.onText(text -> ws.publish(TOPIC, Publication.text(text)));
  }
}
