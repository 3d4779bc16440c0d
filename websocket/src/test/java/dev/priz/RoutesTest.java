package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.protocol.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which handler a connection comes to. */
final class RoutesTest {
  private WebSocketServer server;

  @BeforeEach
  void start() {
    server =
        WebSocketServer.at("127.0.0.1:0")
            .route("/", ws -> ws.send("root"))
            .route("/chat/lobby", ws -> ws.send("lobby"))
            .route("/chat/{room}", ws -> ws.send("room " + ws.pathParameter("room")))
            .callbacks("/files/*", ws -> ws.onOpen(() -> ws.send("file " + ws.request().path())))
            .route("/files/never", ws -> ws.send("never"))
            .route("/query", ws -> ws.send("query " + ws.request().queryParameter("name")))
            .start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "'', root",
    "/, root",
    "/chat/lobby, lobby",
    "/chat/kitchen, room kitchen",
    "/chat/a%2Fb%20c, room a/b c",
    "/chat/d%C3%BCnya, room dünya",
    "/files/a/b.txt, file /files/a/b.txt",
    "/files/never, file /files/never",
    "/query?name=Ada, query Ada",
  })
  void findsTheFirstRouteThatMatches(String path, String answer) {
    try (var ws = WebSocket.connect(server.address() + path)) {
      assertThat(ws.receive()).isEqualTo(new Text(answer));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nowhere", "/chat", "/chat/a/b", "/Chat/lobby", "/chat/lobby/"})
  void answers404WhereNoRouteMatches(String path) {
    assertThatThrownBy(() -> WebSocket.connect(server.address() + path))
        .isInstanceOfSatisfying(
            HandshakeRefusedException.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(404);
              assertThat(refusal.bodyText()).contains(path);
            });
  }

  @Test
  void answers400ToPathsThatClimb() throws Exception {
    try (var peer = RawPeer.to(server)) {
      peer.sendText(RawPeer.handshake("/files/%2e%2e/secret"));

      assertThat(peer.readResponse().status()).isEqualTo(400);
    }
  }

  @Test
  void refusesPathParametersThatTheRouteHasNot() {
    try (var named =
            WebSocketServer.at("127.0.0.1:0")
                .route("/{room}", ws -> ws.send(messageOf(() -> ws.pathParameter("user"))))
                .start();
        var ws = WebSocket.connect(named.address() + "/x")) {
      assertThat(ws.receive().text()).contains("user").contains("room");
    }
  }

  @Test
  void refusesToAcceptWhereThereAreRoutes() {
    assertThatThrownBy(() -> server.accept()).isInstanceOf(IllegalStateException.class);
  }

  private static String messageOf(Runnable action) {
    try {
      action.run();
      return "nothing thrown";
    } catch (IllegalArgumentException refusal) {
      return refusal.getMessage();
    }
  }
}
