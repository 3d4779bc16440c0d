package dev.priz.demo;

import dev.priz.WebSocketServer;
import dev.priz.WebSocketServerBuilder;
import dev.priz.topic.Publication;
import dev.priz.topic.SlowPolicy;
import dev.priz.topic.TopicOptions;
import dev.priz.topic.Verdict;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.json.JsonMapper;

/**
 * A market with 300 prices and about 400 trades a second. Each trade is one publication to one
 * topic; a page that cannot follow gets the newest price of each symbol, and the others never wait
 * for it.
 */
final class Prices implements Demo {
  /** Each trade, as it happens. */
  static final String TRADES = "prices/all";

  /** All prices every two seconds: where a page begins, and what its plots are made of. */
  static final String SNAPSHOTS = "prices/snapshots";

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration INTERVAL = Duration.ofMillis(20);
  private static final int MAX_TRADES = 15; // in an interval; eight on average
  private static final int SNAPSHOT_MILLIS = 2_000;
  private static final int SNAPSHOTS_KEPT = 60;

  private final Random random = new Random();

  private record Snapshot(long time, Map<String, Double> prices) {}

  @Override
  public void configure(WebSocketServerBuilder builder) {
    builder
        .topicsAt(
            "/ws/prices",
            (ws, topic) ->
                topic.startsWith("prices/")
                    ? Verdict.allow()
                    : Verdict.refuse("here are prices only"))
        // What a slow page has not taken yet gives way to newer prices of the same symbol; there is
        // room for one of each. The history reaches back to the latest snapshot and further.
        .topics(
            TRADES,
            TopicOptions.DEFAULT
                .slow(SlowPolicy.CONFLATE)
                .waitingBytes(256 * 1024)
                .history(1_000, Duration.ofSeconds(10)))
        .topics(SNAPSHOTS, TopicOptions.DEFAULT.history(SNAPSHOTS_KEPT, Duration.ofMinutes(3)));
  }

  @Override
  public void start(WebSocketServer server) {
    long now = System.currentTimeMillis();
    long opening = now - SNAPSHOTS_KEPT * SNAPSHOT_MILLIS;
    Market market = new Market(random, opening);
    // It has been open for a while when the first page comes, whose plots then have a past.
    for (long time = opening; time < now; time += SNAPSHOT_MILLIS) {
      market.pass(time);
      publishSnapshot(server, market, time);
    }
    Pulse.every(INTERVAL, server, new Trading(server, market));
  }

  /** What is published of a trade: the newest with its key is the one that counts. */
  static Publication publication(Market.Price price) {
    return Publication.json(JSON.writeValueAsString(price)).key(price.symbol());
  }

  private static void publishSnapshot(WebSocketServer server, Market market, long time) {
    String json = JSON.writeValueAsString(new Snapshot(time, market.prices()));
    server.topic(SNAPSHOTS).publish(Publication.json(json));
  }

  private final class Trading implements Runnable {
    private final WebSocketServer server;
    private final Market market;
    private long snapshotMillis;

    Trading(WebSocketServer server, Market market) {
      this.server = server;
      this.market = market;
    }

    @Override
    public void run() {
      long now = System.currentTimeMillis();
      for (int trades = random.nextInt(1, MAX_TRADES + 1); trades > 0; trades--) {
        server.topic(TRADES).publish(publication(market.trade(now)));
      }
      if (now - snapshotMillis < SNAPSHOT_MILLIS) return;
      publishSnapshot(server, market, now);
      snapshotMillis = now;
    }
  }
}
