package dev.priz.docs;

import dev.priz.CloseRecord;
import dev.priz.ConnectionObserver;
import dev.priz.ServerLimits;
import dev.priz.TrustedProxies;
import dev.priz.WebSocket;
import dev.priz.WebSocketServer;
import dev.priz.micrometer.PrizMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Queue;

/** What docs/operations.md and the Javadoc show. */
final class OperationsExample {
  private OperationsExample() {}

  static WebSocketServer observe(String address, Queue<String> violations) {
    // @start region="observe"
    var observer =
        new ConnectionObserver() {
          @Override
          public void closed(WebSocket ws, CloseRecord record) {
            if (record.cause() == CloseRecord.Cause.VIOLATION) violations.add(record.toString());
          }
        };
    WebSocketServer server =
        WebSocketServer.at(address)
            .observe(observer)
            .callbacks("/echo", ws -> ws.onText(ws::send))
            .start();
    // @end
    return server;
  }

  static WebSocketServer metrics(String address, MeterRegistry registry) {
    // @start region="metrics"
    WebSocketServer server =
        WebSocketServer.at(address)
            .observe(new PrizMetrics(registry))
            .callbacks("/echo", ws -> ws.onText(ws::send))
            .start();
    // @end
    return server;
  }

  static WebSocketServer limits(String address) {
    // @start region="limits"
    WebSocketServer server =
        WebSocketServer.at(address)
            .limits(ServerLimits.DEFAULT.maxConnectionsPerAddress(50).handshakesPerAddress(10, 100))
            .callbacks("/echo", ws -> ws.onText(ws::send))
            .start();
    // @end
    return server;
  }

  static WebSocketServer proxies(String address) {
    // @start region="proxies"
    WebSocketServer server =
        WebSocketServer.at(address)
            .behindProxies(TrustedProxies.xForwardedFor("127.0.0.1", "10.0.0.0/8"))
            .callbacks("/echo", ws -> ws.onText(ws::send))
            .start();
    // @end
    return server;
  }
}
