package dev.priz.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.WebSocket;
import dev.priz.WebSocketServer;
import dev.priz.WebSocketServerBuilder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Scanner;
import org.junit.jupiter.api.Test;

/** The chats of the tutorial do what it says. */
class TutorialTest {
  @Test
  void smallChatSendsWhatOneSaysToAll() {
    try (WebSocketServer server = at().route("/chat", SmallChat::talk).start();
        WebSocket ada = WebSocket.connect(server.address() + "/chat")) {
      ada.send("hello");

      assertThat(text(ada)).isEqualTo("hello");
    }
  }

  @Test
  void namedChatTellsWhoComesAndGoes() {
    try (WebSocketServer server = at().route("/chat/{name}", NamedChat::talk).start()) {
      tellsWhoComesAndGoes(server);
    }
  }

  @Test
  void callbackChatTellsWhoComesAndGoes() {
    try (WebSocketServer server = at().callbacks("/chat/{name}", CallbackChat::join).start()) {
      tellsWhoComesAndGoes(server);
    }
  }

  @Test
  void callbackChatRefusesBinaryMessages() {
    try (WebSocketServer server = at().callbacks("/chat/{name}", CallbackChat::join).start();
        WebSocket ada = WebSocket.connect(server.address() + "/chat/Ada")) {
      ada.send(new byte[1]);

      assertThat(ada.run().code()).isEqualTo(1003);
    }
  }

  @Test
  void clientSendsLinesAndPrintsWhatItHears() {
    var printed = new ByteArrayOutputStream();
    try (WebSocketServer server = at().callbacks("/chat/{name}", CallbackChat::join).start()) {
      ChatClient.talk(server.address() + "/chat/Ada", new Scanner("hi"), new PrintStream(printed));
    }

    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("Ada joined", "Ada: hi", "the end: 1000 by THIS_END");
  }

  private static void tellsWhoComesAndGoes(WebSocketServer server) {
    try (WebSocket ada = WebSocket.connect(server.address() + "/chat/Ada")) {
      assertThat(text(ada)).isEqualTo("Ada joined");
      try (WebSocket alan = WebSocket.connect(server.address() + "/chat/Alan")) {
        alan.send("hello");
        assertThat(text(alan)).isEqualTo("Alan joined");
        assertThat(text(alan)).isEqualTo("Alan: hello");
      }

      assertThat(text(ada)).isEqualTo("Alan joined");
      assertThat(text(ada)).isEqualTo("Alan: hello");
      assertThat(text(ada)).isEqualTo("Alan left");
    }
  }

  private static WebSocketServerBuilder at() {
    return WebSocketServer.at("127.0.0.1:0");
  }

  private static String text(WebSocket ws) {
    return ws.receive().text();
  }
}
