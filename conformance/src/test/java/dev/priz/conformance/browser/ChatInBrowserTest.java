package dev.priz.conformance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.WebSocket;
import dev.priz.WebSocketServer;
import dev.priz.demo.DemoServer;
import dev.priz.topic.Publication;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ChatInBrowserTest {
  private static final String BACK = "You are back, and nothing is missing";

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
  void showsWhoIsTypingToTheOthersOnly() {
    try (ChatPage ada = join("Ada");
        ChatPage nazim = join("Nâzım")) {
      nazim.page().type("#message", "I am just");
      ada.page().untilShown("#typing", "Nâzım is typing…");
      assertThat(nazim.page().texts("#typing")).containsExactly("");

      nazim.page().pressEnter();
      ada.untilSaid("I am just");
      ada.page().untilShown("#typing", "");
    }
  }

  @Test
  void forgetsWhoTypesNoMore() {
    try (ChatPage ada = join("Ada");
        ChatPage nazim = join("Nâzım")) {
      nazim.page().type("#message", "Well");
      ada.page().untilShown("#typing", "Nâzım is typing…");

      ada.page().untilShown("#typing", "");
    }
  }

  @Test
  void keepsRoomsApart() {
    try (ChatPage ada = join("Ada");
        ChatPage nazim = ChatPage.join(chromium, server, "Nâzım", "Nâzım's room");
        ChatPage grace = ChatPage.join(chromium, server, "Grace", "n%C3%A2z%C4%B1m-s-room")) {
      ada.say("in the lobby");
      ada.untilSaid("in the lobby");
      nazim.say("in a room of my own");
      grace.untilSaid("in a room of my own");

      assertThat(ada.said()).containsExactly("in the lobby");
      assertThat(ada.people()).containsExactly("Ada");
      assertThat(grace.said()).containsExactly("in a room of my own");
      assertThat(grace.people()).containsExactly("Grace", "Nâzım");
    }
  }

  @Test
  void goesFromOneRoomToAnother() {
    try (ChatPage ada = join("Ada");
        ChatPage nazim = ChatPage.join(chromium, server, "Nâzım", "garden")) {
      nazim.say("How green it is");
      nazim.untilSaid("How green it is");
      ada.page().type("#message", "a draft");

      ada.page().click("#room [href='#garden']");
      ada.untilSaid("How green it is");
      nazim.untilNoticed("Ada joined");
      assertThat(ada.people()).containsExactly("Ada", "Nâzım");
      assertThat(ada.page().evaluate("message.value").asString()).isEmpty();

      ada.page().goBack();
      nazim.untilNoticed("Ada left");
      ada.page().until("message.value === 'a draft'");
    }
  }

  @Test
  void showsWhatWasSaidBeforeOneCame() {
    try (ChatPage ada = join("Ada")) {
      ada.say("first");
      ada.say("second");
      ada.untilSaid("second");

      try (ChatPage nazim = join("Nâzım")) {
        nazim.untilSaid("second");

        assertThat(nazim.said()).containsExactly("first", "second");
      }
    }
  }

  @Test
  void knowsItsOwnMessagesAfterAReload() {
    try (ChatPage ada = join("Ada");
        ChatPage nazim = join("Nâzım")) {
      ada.say("mine");
      nazim.say("his");
      ada.untilSaid("his");

      ada.page().go("about:blank");
      ada.page().go(server.address().replace("ws:", "http:") + "/chat");
      ada.page().click("#join-button");

      ada.untilSaid("his");
      assertThat(ada.page().texts("#log .message.mine .text")).containsExactly("mine");
    }
  }

  @Test
  void showsWhoLeaves() {
    try (ChatPage ada = join("Ada");
        ChatPage nazim = join("Nâzım")) {
      ada.untilNoticed("Nâzım joined");

      nazim.page().click("#leave");

      ada.untilNoticed("Nâzım left");
      assertThat(ada.people()).containsExactly("Ada");
    }
  }

  @Test
  void showsWhoClosesThePage() {
    try (ChatPage ada = join("Ada")) {
      ChatPage nazim = join("Nâzım");
      ada.untilNoticed("Nâzım joined");

      nazim.close();

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
      ada.say("meanwhile");
      ada.untilSaid("meanwhile");
      nazim.page().goBack();
      ada.page().untilShown("#people li bdi", "Nâzım");

      nazim.untilNoticed(BACK);
      nazim.untilSaid("meanwhile");
      assertThat(nazim.said()).containsExactly("before", "meanwhile");
    }
  }

  @Test
  void makesUpForWhatWasSaidWhileItWasCutOff() {
    try (ChatPage ada = join("Ada");
        ChatPage nazim = join("Nâzım")) {
      ada.say("before");
      nazim.untilSaid("before");

      for (WebSocket ws : connectionsOf("name=N")) ws.abort();
      server.topic("chat/room/lobby").publish(said("Grace", "meanwhile"));
      nazim.untilNoticed(BACK);
      ada.say("after");

      nazim.untilSaid("after");
      ada.untilSaid("after");
      assertThat(nazim.said())
          .isEqualTo(ada.said())
          .containsExactly("before", "meanwhile", "after");
    }
  }

  @Test
  void sendsLaterWhatIsSaidWithoutAConnection() {
    try (ChatPage ada = join("Ada")) {
      int port = server.port();
      server.close();
      ada.untilNoticed("The connection is lost");
      ada.say("without a connection");
      ada.page().untilShown("#log .unsent .text", "without a connection");
      server = DemoServer.start("127.0.0.1", port);

      ada.untilSaid("without a connection");
      ada.page().until("!document.querySelector('#log .unsent')");
      assertThat(ada.said()).containsExactly("without a connection");
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
      ada.untilNoticed(
          "You are back. Earlier messages may be missing: the server does not have them any more.");

      ada.say("after");
      ada.untilSaid("after");
      assertThat(ada.said()).containsExactly("before", "after");
    }
  }

  private ChatPage join(String name) {
    return ChatPage.join(chromium, server, name);
  }

  private List<WebSocket> connectionsOf(String query) {
    return server.subscribers("chat/room/lobby").stream()
        .filter(ws -> ws.request().target().contains(query))
        .toList();
  }

  private static Publication said(String name, String text) {
    return Publication.json(
        "{\"id\":\"1\",\"name\":\"%s\",\"text\":\"%s\",\"time\":1}".formatted(name, text));
  }
}
