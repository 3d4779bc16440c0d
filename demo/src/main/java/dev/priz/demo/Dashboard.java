package dev.priz.demo;

import dev.priz.WebSocket;
import dev.priz.WebSocketHandler;
import dev.priz.protocol.Text;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** A live dashboard: readings of this machine for all who watch, and none while nobody does. */
final class Dashboard implements WebSocketHandler {
  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private final Duration interval;
  private final Set<WebSocket> viewers = ConcurrentHashMap.newKeySet();
  private boolean measuring;

  /** A dashboard with one reading in each interval. */
  Dashboard(Duration interval) {
    this.interval = interval;
  }

  @Override
  public void handle(WebSocket ws) {
    viewers.add(ws);
    startMeasuring();
    try {
      ws.run(); // reads until the page has gone, and drops what it says
    } finally {
      viewers.remove(ws);
    }
  }

  private synchronized void startMeasuring() {
    if (!measuring) Thread.ofVirtual().name("dashboard").start(this::measure);
    measuring = true;
  }

  private void measure() {
    Machine machine = new Machine();
    while (isWatched()) {
      Text reading = new Text(JSON.writeValueAsString(machine.measure(interval)));
      viewers.forEach(viewer -> viewer.sendAsync(reading)); // a failed one has gone, or is about to
    }
  }

  private synchronized boolean isWatched() {
    measuring = !viewers.isEmpty();
    return measuring;
  }
}
