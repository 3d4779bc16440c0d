package dev.priz.conformance.browser;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.WebSocket;
import dev.priz.WebSocketServer;
import dev.priz.demo.DemoServer;
import dev.priz.protocol.Closed;
import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class DashboardInBrowserTest {
  private static final String PLOT = "document.querySelector('#cpu-plot .trace').getAttribute('d')";

  @AutoClose private static Chromium chromium;

  @AutoClose private final WebSocketServer server = DemoServer.start("127.0.0.1", 0);

  @BeforeAll
  static void startBrowser() throws IOException {
    chromium = Chromium.start();
  }

  @Test
  void showsReadingsOfTheMachine() {
    try (Page page = open()) {
      page.until("document.querySelector('#cpu').textContent.endsWith('%')");

      assertThat(page.texts("#cpu, #memory, #disk"))
          .hasSize(3)
          .allMatch(text -> text.matches("\\d{1,3}\\.\\d%"));
      assertThat(page.texts("#cpu-detail")).allMatch(text -> text.matches("\\d+ cores?"));
      assertThat(page.texts("#freshness").getFirst()).startsWith("Updated 0.");
    }
  }

  @Test
  void drawsOneReadingAfterAnother() {
    try (Page page = open()) {
      page.until(PLOT);
      String plot = page.evaluate(PLOT).asString();

      page.until(PLOT + ".length > " + plot.length());

      assertThat(page.evaluate(PLOT).asString()).isNotEqualTo(plot);
    }
  }

  @Test
  void closesProperlyWhenThePageIsLeft() throws Exception {
    try (Page page = open()) {
      WebSocket ws = server.connections().iterator().next();

      page.go("about:blank");

      Closed closed = ws.whenClosed().toCompletableFuture().get(10, SECONDS);
      assertThat(closed.isClean()).isTrue();
    }
  }

  private Page open() {
    Page page = chromium.open(server, "/dashboard");
    page.until("document.querySelector('#status').dataset.state === 'open'");
    return page;
  }
}
