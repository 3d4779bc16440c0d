package dev.priz.conformance.hostile;

import dev.priz.ServerLimits;
import dev.priz.TopicRules;
import dev.priz.Transport;
import dev.priz.WebSocketServer;
import dev.priz.protocol.Timeouts;
import java.io.OutputStream;
import java.time.Duration;

/** A server in a process of its own: says its port, and ends with its input. */
final class EchoProgram {
  private EchoProgram() {}

  /**
   * Runs it.
   *
   * @param arguments the address to listen on
   */
  public static void main(String[] arguments) throws Exception {
    int connections = Integer.getInteger("hostile.connections", ServerLimits.BY_DESCRIPTORS);
    var ping = Duration.ofMillis(Long.getLong("hostile.ping", 25_000));
    try (var server =
        WebSocketServer.at(arguments[0])
            .transport(Transport.valueOf(System.getProperty("hostile.transport", "AUTO")))
            .timeouts(Timeouts.DEFAULT.keepAlive(ping, Timeouts.DEFAULT.pongTimeout()))
            .limits(ServerLimits.DEFAULT.maxConnections(connections))
            .callbacks("/", ws -> ws.onText(ws::send).onBinary(ws::send))
            .callbacks(
                "/oom",
                ws ->
                    ws.onText(text -> {
                      throw new OutOfMemoryError("as if");
                    }))
            .topicsAt("/topics", TopicRules.SUBSCRIBE_ONLY)
            .start()) {
      System.out.println(server.port());
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
