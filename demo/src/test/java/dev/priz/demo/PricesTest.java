package dev.priz.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.WebSocketServer;
import dev.priz.WebSocketServerBuilder;
import dev.priz.topic.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class PricesTest {
  private static final int MANY = 60_000;

  private final Prices prices = new Prices();

  @AutoClose private final WebSocketServer server = start(prices);

  @Test
  void givesANewPageAllPricesAtOnce() throws Exception {
    prices.start(server);
    try (TopicPage page = TopicPage.open(server, "/ws/prices")) {
      page.subscribe(Prices.SNAPSHOTS, 1);

      JsonNode snapshot = page.hear(Prices.SNAPSHOTS);

      assertThat(snapshot.get("prices").propertyNames()).hasSize(300);
      assertThat(snapshot.get("time").asLong()).isPositive();
    }
  }

  @Test
  void hasAPastWhenTheFirstPageComes() {
    prices.start(server);
    try (TopicPage page = TopicPage.open(server, "/ws/prices")) {
      page.subscribe(Prices.SNAPSHOTS, 60);

      List<Long> times =
          Stream.generate(() -> page.hear(Prices.SNAPSHOTS).get("time").asLong())
              .limit(60)
              .toList();

      assertThat(times).isSorted().doesNotHaveDuplicates();
      assertThat(times.getLast() - times.getFirst()).isGreaterThan(100_000);
    }
  }

  @Test
  void tellsEachTradeToAll() {
    prices.start(server);
    try (TopicPage first = TopicPage.open(server, "/ws/prices");
        TopicPage second = TopicPage.open(server, "/ws/prices")) {
      first.subscribe(Prices.TRADES, 0);
      second.subscribe(Prices.TRADES, 0);

      JsonNode trade = second.hear(Prices.TRADES);

      assertThat(trade.propertyNames()).containsExactly("symbol", "price", "time");
      // What was traded before the second page was there.
      assertThat(Stream.generate(() -> first.hear(Prices.TRADES)).limit(2_000)).contains(trade);
    }
  }

  @Test
  void showsNoOtherTopics() {
    try (TopicPage page = TopicPage.open(server, "/ws/prices")) {
      assertThat(page.subscribe("chat/main", 0).get("code").asInt()).isEqualTo(4003);
    }
  }

  @Test
  void letsNobodyElseSetPrices() {
    try (TopicPage page = TopicPage.open(server, "/ws/prices")) {
      JsonNode trade = TopicPage.JSON.createObjectNode().put("symbol", "Honey.Kor").put("price", 1);

      assertThat(page.publish(Prices.TRADES, trade).get("code").asInt()).isEqualTo(4003);
    }
  }

  @Test
  void givesASlowPageTheNewestPriceOfEachSymbol() throws Exception {
    try (SlowPage page = new SlowPage(server, "/ws/prices")) {
      page.say("{\"type\":\"subscribe\",\"id\":1,\"topic\":\"prices/all\"}");
      assertThat(page.hear().get("type").asString()).isEqualTo("subscribed");

      Map<String, Double> newest = new HashMap<>();
      Market market = new Market(new Random(3), 0);
      Topic trades = server.topic(Prices.TRADES);
      Market.Price last = market.trade(0);
      for (int time = 0; time < MANY; time++) {
        last = market.trade(time);
        newest.put(last.symbol(), last.price());
        trades.publish(Prices.publication(last));
      }

      Map<String, Double> seen = new HashMap<>();
      int messages = 0;
      long dropped = 0;
      JsonNode said;
      do {
        said = page.hear();
        if (said.get("type").asString().equals("discontinuity")) {
          dropped += said.path("dropped").asLong(0);
        } else {
          messages++;
          seen.put(said.at("/data/symbol").asString(), said.at("/data/price").asDouble());
        }
      } while (said.at("/data/time").asLong(0) != last.time());

      assertThat(seen).hasSize(300).isEqualTo(newest);
      assertThat(messages).isLessThan(MANY);
      assertThat(messages + dropped).isEqualTo(MANY);
      page.say("{\"type\":\"ping\"}");
      assertThat(page.hear().get("type").asString()).as("still open").isEqualTo("pong");
    }
  }

  private static WebSocketServer start(Demo demo) {
    WebSocketServerBuilder builder = WebSocketServer.at("127.0.0.1:0");
    demo.configure(builder);
    return builder.start();
  }
}
