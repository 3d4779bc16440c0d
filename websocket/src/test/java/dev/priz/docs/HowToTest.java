package dev.priz.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.Decision;
import dev.priz.Handshake;
import dev.priz.WebSocket;
import dev.priz.WebSocketClient;
import dev.priz.WebSocketServer;
import dev.priz.WebSocketServerBuilder;
import dev.priz.protocol.Message;
import dev.priz.protocol.Response;
import dev.priz.topic.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of the how-tos does what they say. */
class HowToTest {
  @Test
  void roomsAreApart() {
    try (WebSocketServer server = TopicsExample.rooms("127.0.0.1:0");
        WebSocket ada = WebSocket.connect(server.address() + "/chat/42");
        WebSocket nazim = WebSocket.connect(server.address() + "/chat/42");
        WebSocket eve = WebSocket.connect(server.address() + "/chat/43")) {
      while (server.topic("room/42").subscribers() < 2 || server.topics().size() < 2) {
        Thread.onSpinWait();
      }
      ada.send("hello");
      assertThat(nazim.receive().text()).isEqualTo("hello");

      TopicsExample.announce(server);
      server.topic("room/43").publish("for 43");

      assertThat(ada.receive().text()).isEqualTo("The server stops at six.");
      assertThat(eve.receive().text()).isEqualTo("for 43");
    }
  }

  @Test
  void javaClientsPublish() throws Exception {
    try (WebSocketServer server = TopicsExample.live("127.0.0.1:0")) {
      Outcome outcome = TopicsExample.sayHello(server.address() + "/live", message -> {});

      assertThat(outcome)
          .isEqualTo(new Outcome.Rejected(Outcome.Reason.NOT_ALLOWED, "log in first"));
    }
  }

  @Test
  void rulesSignWhatIsSaid() {
    var client = WebSocketClient.builder().subprotocols("priz.topic.v1").build();
    try (WebSocketServer server = TopicsExample.live("127.0.0.1:0");
        client;
        WebSocket ws = client.connect(server.address() + "/live")) {
      ws.send("{\"type\":\"subscribe\",\"id\":1,\"topic\":\"other\"}");
      ws.send("{\"type\":\"publish\",\"id\":2,\"topic\":\"room/1\",\"data\":1}");

      assertThat(ws.receive().text()).contains("no such room");
      assertThat(ws.receive().text()).contains("log in first");
    }
  }

  @Test
  void hookRefusesWithStatusAndText() {
    try (WebSocketServer server = RefusingExample.blocking("127.0.0.1:0")) {
      String address = server.address() + "/hello";

      assertThat(RefusingExample.connect(address)).isEqualTo("401: a token is needed");
      assertThat(RefusingExample.connect(address + "?token=x"))
          .isEqualTo("403: this token is not known");
    }
  }

  @Test
  void hookAttachesTheUser() {
    try (WebSocketServer server = RefusingExample.blocking("127.0.0.1:0");
        WebSocket ws = WebSocket.connect(server.address() + "/hello?token=letmein")) {
      assertThat(ws.receive().text()).isEqualTo("Hello Ada");
    }
  }

  @Test
  void asynchronousHookRefuses() {
    var builder = RefusingExample.asynchronous("127.0.0.1:0").callbacks("/", ws -> {});
    try (WebSocketServer server = builder.start()) {
      assertThat(RefusingExample.connect(server.address() + "/"))
          .isEqualTo("403: this token is not known");
    }
  }

  @Test
  void limitCanBeRaised() {
    byte[] data = new byte[3 << 20];
    try (WebSocketServer server = echo(BigMessagesExample.biggerLimit(at()));
        WebSocket ws = WebSocket.connect(server.address() + "/")) {
      ws.send(data);

      assertThat(ws.receiveStream().bytes()).hasBinaryContent(data);
    }
  }

  @Test
  void secretsAreSentAsTheyAre() {
    String secret = "secret".repeat(100);
    var builder =
        CompressionExample.dedicated(at())
            .callbacks(
                "/",
                ws ->
                    ws.onOpen(() -> {
                      CompressionExample.sendSecret(ws, secret);
                      CompressionExample.sendSecretInFragments(ws, secret);
                    }));
    try (WebSocketServer server = builder.start();
        WebSocket ws = WebSocket.connect(server.address() + "/")) {
      assertThat(ws.isCompressed()).isTrue();
      assertThat(ws.receive().text()).isEqualTo(secret);
      assertThat(ws.receive().text()).isEqualTo(secret);
    }
  }

  @Test
  void filesAreStreamed(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("big"), new byte[5 << 20]);
    var builder = at().route("/", ws -> BigMessagesExample.receiveFiles(ws, folder));
    try (WebSocketServer server = builder.start()) {
      try (WebSocket ws = WebSocket.connect(server.address() + "/")) {
        BigMessagesExample.sendFile(ws, file);
      }
    }

    assertThat(folder.resolve("file1")).hasSameBinaryContentAs(file);
  }

  @Test
  void linesAndFragmentsArriveAsOneMessageEach() throws IOException {
    try (WebSocketServer server = echo(at());
        WebSocket ws = WebSocket.connect(server.address() + "/")) {
      BigMessagesExample.sendLines(ws, List.of("a", "b"));
      BigMessagesExample.sendFragments(ws);

      assertThat(BigMessagesExample.countLines(ws.receiveStream())).isEqualTo(2);
      assertThat(ws.receiveStream().bytes()).hasContent("one message");
    }
  }

  @Test
  void optionsAreTaken() {
    try (WebSocketServer server = OptionsExample.server("127.0.0.1:0");
        WebSocket ws = WebSocket.connect(server.address() + "/echo")) {
      ws.send("x".repeat(64 * 1024 + 1));

      assertThat(ws.run().code()).isEqualTo(1009);
    }
  }

  @Test
  void valuesTravelAsJsonInBothStyles() {
    var builder =
        at().route("/loop", JsonExample::loop).callbacks("/calls", JsonExample::callbacks);
    try (WebSocketServer server = builder.start()) {
      assertThat(JsonExample.ask(server.address() + "/loop")).isEqualTo(100);
      assertThat(JsonExample.ask(server.address() + "/calls")).isEqualTo(100);
    }
  }

  @Test
  void jsonThatIsNoReadingIsRefused() {
    try (WebSocketServer server = at().callbacks("/", JsonExample::callbacks).start();
        WebSocket ws = WebSocket.connect(server.address() + "/")) {
      ws.send("[]");

      assertThat(ws.run().code()).isEqualTo(1007);
    }
  }

  @Test
  void readingsAreEncodedOnceForAll() {
    var builder =
        at().route("/", ws -> JsonExample.broadcast(List.of(ws), new JsonExample.Reading("a", 1)));
    try (WebSocketServer server = builder.start();
        WebSocket ws = WebSocket.connect(server.address() + "/")) {
      assertThat(ws.receive().text()).isEqualTo("{\"sensor\":\"a\",\"value\":1.0}");
    }
  }

  @Test
  void redirectsAreFollowedAndRefused() {
    var builder =
        at().callbacks("/new", ws -> ws.send("Hello"))
            .callbacks("/old", ws -> {})
            .handshake(HowToTest::moved);
    try (WebSocketServer server = builder.start()) {
      String old = server.address() + "/old";
      try (WebSocketClient client = ClientRouteExample.following();
          WebSocket ws = client.connect(old)) {
        assertThat(ws.receive().text()).isEqualTo("Hello");
      }
      try (WebSocketClient client = ClientRouteExample.followingWithinOrigin("key");
          WebSocket ws = client.connect(old)) {
        assertThat(ws.request().path()).isEqualTo("/new");
      }
      try (WebSocketClient client = ClientRouteExample.followingWithinDomain()) {
        assertThatThrownBy(() -> client.connect(old)).hasMessageContaining("policy");
      }
    }
  }

  @Test
  void comesBackWhenTheServerSays() throws InterruptedException {
    var busy = new AtomicBoolean(true);
    var builder =
        at().callbacks("/", ws -> ws.send("Hello"))
            .handshake(handshake ->
                busy.getAndSet(false)
                    ? Decision.refuse(Response.of(503).header("Retry-After", "0"))
                    : Decision.accept());
    try (WebSocketServer server = builder.start();
        WebSocketClient client = WebSocketClient.builder().build();
        WebSocket ws = ClientRouteExample.connectPatiently(client, server.address() + "/")) {
      assertThat(ws.receive().text()).isEqualTo("Hello");
      assertThat(ClientRouteExample.givingUp(client, server.address())).isCancelled();
      ClientRouteExample.throughProxy("secret").close();
    }
  }

  private static Decision moved(Handshake handshake) {
    if (handshake.request().path().equals("/new")) return Decision.accept();
    return Decision.refuse(Response.of(302).header("Location", "/new"));
  }

  private static WebSocketServerBuilder at() {
    return WebSocketServer.at("127.0.0.1:0");
  }

  private static WebSocketServer echo(WebSocketServerBuilder builder) {
    return builder
        .route(
            "/",
            ws -> {
              for (Message message : ws) ws.send(message);
            })
        .start();
  }
}
