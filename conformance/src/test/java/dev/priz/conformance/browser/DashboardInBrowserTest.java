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
  void drawsThePastAtOnce() {
    // Once a second: so what this page draws first was measured before it was there.
    try (WebSocket witness = WebSocket.connect(server.address() + "/ws/dashboard")) {
      for (int readings = 0; readings < 4; readings++) witness.receive();
    }

    try (Page page = open()) {
      page.until(PLOT);

      assertThat(page.evaluate(PLOT).asString().split("C")).hasSizeGreaterThanOrEqualTo(4);
    }
  }

  @Test
  void fillsTheGapOfALostConnection() {
    try (WebSocket witness = WebSocket.connect(server.address() + "/ws/dashboard");
        Page page = open()) {
      page.until(PLOT);

      page.go("about:blank");
      for (int readings = 0; readings < 4; readings++) witness.receive();
      page.goBack();
      // Looked at only once it has gone there.
      for (int readings = 0; readings < 2; readings++) witness.receive();
      page.untilShown(
          "#notice", "The connection was lost. What was measured meanwhile has been filled in.");

      page.until(PLOT + ".split('C').length > 5");
      assertThat(page.evaluate(PLOT).asString().split("M")).as("one line").hasSize(2);
    }
  }

  @Test
  void comesBackAfterACutConnection() {
    try (Page page = open()) {
      page.until(PLOT);

      server.connections().forEach(WebSocket::abort);
      page.until("document.querySelector('#status').dataset.state !== 'open'");

      page.until("document.querySelector('#status').dataset.state === 'open'");
      String plot = page.evaluate(PLOT).asString();
      page.until(PLOT + ".length > " + plot.length());
      assertThat(page.evaluate(PLOT).asString().split("M")).as("one line").hasSize(2);
    }
  }

  @Test
  void showsSeveralMachines() {
    try (Page page = open()) {
      page.until("document.querySelectorAll('#machines b').length === 3");
      page.until(
          "[...document.querySelectorAll('#machines b')].every(use => use.textContent.endsWith('%'))");

      page.click("#machines button:nth-child(2)");
      page.until("document.querySelectorAll('#cores .trace[d]').length > 0");
      assertThat(page.texts("#about")).containsExactly("each core of that machine");

      page.click("#machines button:nth-child(3)");
      page.untilShown("#memory-title", "Heap");
      assertThat(page.texts("#cpu-detail").getFirst()).matches("\\d+ cores?, \\d+ threads");
      assertThat(page.problems()).isEmpty();
    }
  }

  @Test
  void closesProperlyWhenThePageIsLeft() throws Exception {
    try (Page page = open()) {
      WebSocket ws =
          server.connections().stream()
              .filter(open -> open.request().path().startsWith("/ws/dashboard"))
              .findFirst()
              .orElseThrow();

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
