package dev.priz.conformance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.WebSocket;
import dev.priz.WebSocketServer;
import dev.priz.demo.DemoServer;
import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class GameInBrowserTest {
  @AutoClose private static Chromium chromium;

  @AutoClose private WebSocketServer server = DemoServer.start("127.0.0.1", 0);

  @BeforeAll
  static void startBrowser() throws IOException {
    chromium = Chromium.start();
  }

  @Test
  void showsTheBotsToWhoOnlyLooks() {
    try (Page page = chromium.open(server, "/game")) {
      page.until("document.querySelectorAll('#scores li').length === 8");

      assertThat(page.texts("#scores small")).hasSize(8).containsOnly("bot");
      assertThat(page.problems()).isEmpty();
    }
  }

  @Test
  void showsToOthersWhoPressesKeys() {
    try (Page ada = join("Ada");
        Page grace = join("Grace")) {
      String id = id(ada);
      grace.until(plug(id) + "?.name === 'Ada'");
      double before = grace.evaluate(plug(id) + ".x").asDouble();
      boolean left = before > 1_200;

      ada.press(left ? "ArrowLeft" : "KeyD");
      grace.until("Math.abs(" + plug(id) + ".x - " + before + ") > 150");
      ada.release(left ? "ArrowLeft" : "KeyD");

      double after = grace.evaluate(plug(id) + ".x").asDouble();
      assertThat(after < before).isEqualTo(left);
      assertThat(ada.problems()).isEmpty();
      assertThat(grace.problems()).isEmpty();
    }
  }

  @Test
  void comesBackAsTheSamePlayer() {
    try (Page ada = join("Ada")) {
      String id = id(ada);

      server.connections().forEach(WebSocket::abort);

      ada.untilShown("#notice", "You are back, with all that you had.");
      assertThat(id(ada)).isEqualTo(id);
    }
  }

  @Test
  void goesOnWithTheSamePlayerWhenItIsLoadedAgain() {
    try (Page ada = join("Ada")) {
      String id = id(ada);

      ada.go(server.address().replace("ws:", "http:") + "/game");
      ada.until("document.querySelector('#stage').dataset.player");

      assertThat(id(ada)).isEqualTo(id);
      ada.untilShown("#scores .me bdi", "Ada");
    }
  }

  @Test
  void saysWhatIsLostWhenTheServerStartsAgain() {
    try (Page ada = join("Ada")) {
      int port = server.port();
      server.close();
      ada.until("!document.querySelector('#stage').dataset.player");
      server = DemoServer.start("127.0.0.1", port);

      ada.untilShown("#notice", "The arena no longer knew you. You begin anew.");
      ada.untilShown("#scores .me bdi", "Ada");
    }
  }

  @Test
  void isPlayedByTouchOnAPhone() {
    try (Page ada = join("Ada")) {
      ada.resizeToPhone();
      String id = id(ada);
      double before = ada.evaluate(plug(id) + ".y").asDouble();
      int down = before > 800 ? -50 : 50;

      ada.touch(200, 500);
      ada.moveTouch(200, 500 + down);
      ada.until("Math.abs(" + plug(id) + ".y - " + before + ") > 100");
      ada.endTouch();

      double after = ada.evaluate(plug(id) + ".y").asDouble();
      assertThat(after > before).isEqualTo(down > 0);
      assertThat(ada.evaluate("document.documentElement.scrollWidth").asInt()).isEqualTo(390);
      assertThat(ada.problems()).isEmpty();
    }
  }

  @Test
  void dashesWithTheButton() {
    try (Page ada = join("Ada")) {
      String id = id(ada);

      ada.click("#dash");

      ada.until(plug(id) + ".number === 1");
    }
  }

  private Page join(String name) {
    Page page = chromium.open(server, "/game");
    page.until("!document.querySelector('#play').disabled");
    page.type("#name", name);
    page.click("#play");
    page.until("document.querySelector('#stage').dataset.player");
    return page;
  }

  private static String id(Page page) {
    return page.evaluate("document.querySelector('#stage').dataset.player").asString();
  }

  private static String plug(String id) {
    return "game.players.find(player => player.id === " + id + ")";
  }
}
