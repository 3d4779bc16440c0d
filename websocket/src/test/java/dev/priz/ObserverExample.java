package dev.priz;

import dev.priz.micrometer.PrizMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Queue;

/** The examples of observers in the Javadoc. */
final class ObserverExample {
  private ObserverExample() {}

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
}
