package dev.priz.conformance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.WebSocketServer;
import dev.priz.demo.DemoServer;
import dev.priz.topic.Publication;
import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class PricesInBrowserTest {
  private static final String TILES = "document.querySelectorAll('.tile').length";

  @AutoClose private static Chromium chromium;

  @AutoClose private WebSocketServer server = DemoServer.start("127.0.0.1", 0);

  @BeforeAll
  static void startBrowser() throws IOException {
    chromium = Chromium.start();
  }

  @Test
  void showsAllPricesAtOnce() {
    try (Page page = open()) {
      assertThat(page.texts(".tile .price"))
          .hasSize(300)
          .allMatch(text -> text.matches("\\d+\\.\\d\\d"));
      assertThat(page.texts(".tile .change"))
          .allMatch(text -> text.matches("[+−±]\\d+\\.\\d\\d%"))
          .as("of a past that is there at once")
          .anyMatch(text -> !text.startsWith("±"));
      assertThat(page.problems()).isEmpty();
    }
  }

  @Test
  void showsTheSameNewestPriceToAll() {
    try (Page first = open();
        Page second = open()) {
      for (int cents = 1; cents <= 500; cents++) publish("Saffron.Zed", 20 + cents / 100.0);

      for (Page page : new Page[] {first, second}) {
        page.type("#filter", "saffron");
        page.untilShown("[data-symbol='Saffron.Zed'] .price", "25.00");
        assertThat(page.texts("[data-symbol='Saffron.Zed'] .arrow")).containsExactly("▲");
      }
    }
  }

  @Test
  void findsSymbolsByPartsOfTheirNames() {
    try (Page page = open()) {
      page.type("#filter", "honey or");

      page.until(TILES + " === 3");

      assertThat(page.texts(".tile .name")).containsExactly("Honey Kor", "Honey Orr", "Honey Tor");
    }
  }

  @Test
  void sortsByWhatHasRisenMost() {
    try (Page page = open()) {
      page.click("#pause");
      page.evaluate("document.querySelector('#sort').value = 'rising'");
      page.evaluate("document.querySelector('#sort').dispatchEvent(new Event('change'))");

      page.until(
          "document.querySelector('.tile').dataset.trend === 'up'"
              + " && [...document.querySelectorAll('.tile')].at(-1).dataset.trend === 'down'");
    }
  }

  @Test
  void standsStillWhilePaused() {
    try (Page page = open()) {
      page.type("#filter", "saffron");
      publish("Saffron.Zed", 10);
      page.untilShown("[data-symbol='Saffron.Zed'] .price", "10.00");

      page.click("#pause");
      publish("Saffron.Zed", 11);
      publish("Saffron.Yew", 1);
      page.until("document.querySelector('[data-symbol=\"Saffron.Yew\"]')");
      assertThat(page.texts("[data-symbol='Saffron.Zed'] .price")).containsExactly("10.00");

      page.click("#pause");
      page.untilShown("[data-symbol='Saffron.Zed'] .price", "11.00");
    }
  }

  @Test
  void comesBackToAServerThatStartsAgain() {
    try (Page page = open()) {
      int port = server.port();
      server.close();
      page.until("document.querySelector('#status').dataset.state !== 'open'");

      server = DemoServer.start("127.0.0.1", port);

      page.untilShown("#notice", "The market has started again: what was before is gone.");
      page.until("document.querySelector('#status').dataset.state === 'open'");
      page.type("#filter", "saffron");
      publish("Saffron.Zed", 12);
      page.untilShown("[data-symbol='Saffron.Zed'] .price", "12.00");
    }
  }

  private Page open() {
    Page page = chromium.open(server, "/prices");
    page.until(TILES + " === 300");
    page.until("[...document.querySelectorAll('.tile .price')].every(price => price.textContent)");
    return page;
  }

  private void publish(String symbol, double price) {
    String json =
        "{\"symbol\":\"%s\",\"price\":%s,\"time\":%d}"
            .formatted(symbol, price, System.currentTimeMillis());
    server.topic("prices/all").publish(Publication.json(json).key(symbol));
  }
}
