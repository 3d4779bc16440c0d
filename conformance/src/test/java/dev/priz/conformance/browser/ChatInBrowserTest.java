package dev.priz.conformance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.WebSocketServer;
import dev.priz.demo.DemoServer;
import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ChatInBrowserTest {
  @AutoClose private static Chromium chromium;

  @AutoClose private WebSocketServer server = DemoServer.start("127.0.0.1", 0);

  @BeforeAll
  static void startBrowser() throws IOException {
    chromium = Chromium.start();
  }

  @Test
  void showsWhoIsThere() {
    try (ChatPage ada = join("Ada");
        ChatPage nazim = join("Nâzım")) {
      ada.untilNoticed("Nâzım joined");

      assertThat(ada.people()).containsExactly("Ada", "Nâzım");
      assertThat(nazim.people()).containsExactly("Nâzım", "Ada");
    }
  }

  @Test
  void showsToAllWhatOneSays() {
    try (ChatPage ada = join("Ada");
        ChatPage nazim = join("Nâzım")) {
      ada.say("Günaydın 👋 <b>אבג</b>");
      nazim.untilSaid("Günaydın 👋 <b>אבג</b>");

      nazim.say("İyi günler");
      ada.untilSaid("İyi günler");
      nazim.untilSaid("İyi günler");

      assertThat(ada.said())
          .isEqualTo(nazim.said())
          .containsExactly("Günaydın 👋 <b>אבג</b>", "İyi günler");
    }
  }

  @Test
  void carriesTheLongestMessage() {
    String longest = "ağ".repeat(2_000);
    try (ChatPage ada = join("Ada");
        ChatPage nazim = join("Nâzım")) {
      ada.say(longest);

      nazim.untilSaid(longest);
    }
  }

  @Test
  void showsWhoLeaves() {
    try (ChatPage ada = join("Ada");
        ChatPage nazim = join("Nâzım")) {
      nazim.page().click("#leave");

      ada.untilNoticed("Nâzım left");
      assertThat(ada.people()).containsExactly("Ada");
    }
  }

  @Test
  void showsWhoClosesThePage() {
    try (ChatPage ada = join("Ada")) {
      join("Nâzım").close();

      ada.untilNoticed("Nâzım left");
    }
  }

  @Test
  void leavesWithThePageAndComesBackWithIt() {
    try (ChatPage ada = join("Ada");
        ChatPage nazim = join("Nâzım")) {
      nazim.say("before");
      nazim.untilSaid("before");

      nazim.page().go("about:blank");
      ada.untilNoticed("Nâzım left");
      nazim.page().goBack();
      ada.page().untilShown("#people li bdi", "Nâzım");

      nazim.untilNoticed("You are back. What was said in between is not shown.");
      assertThat(nazim.said()).containsExactly("before");
    }
  }

  @Test
  void comesBackToAServerThatStartsAgain() {
    try (ChatPage ada = join("Ada")) {
      ada.say("before");
      ada.untilSaid("before");

      int port = server.port();
      server.close();
      ada.untilNoticed("The connection is lost");
      server = DemoServer.start("127.0.0.1", port);
      ada.untilNoticed("You are back. What was said in between is not shown.");

      ada.say("after");
      ada.untilSaid("after");
      assertThat(ada.said()).containsExactly("before", "after");
    }
  }

  private ChatPage join(String name) {
    return ChatPage.join(chromium, server, name);
  }
}
