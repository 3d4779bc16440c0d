package dev.priz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.protocol.Headers;
import dev.priz.protocol.Response;
import dev.priz.protocol.Text;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Plain HTTP on the port of the WebSockets. */
final class HttpHandlerTest {
  private WebSocketServer server;
  private RawPeer peer;

  @BeforeEach
  void start() throws IOException {
    server =
        WebSocketServer.at("127.0.0.1:0")
            .route("/ws", ws -> ws.send("hello"))
            .http((request, body) ->
                switch (request.path()) {
                  case "/health" -> Response.text(200, "fine");
                  case "/echo" -> Response.of(200, "application/octet-stream", body);
                  case "/method" -> Response.text(200, request.method());
                  case "/own" ->
                      new Response(202, Headers.of("X-Own", "yes"), "own".getBytes(UTF_8));
                  case "/throws" -> throw new IOException("the handler's bug");
                  default -> null;
                })
            .start();
    peer = RawPeer.to(server);
  }

  @AfterEach
  void stop() throws IOException {
    peer.close();
    server.close();
  }

  @Test
  void answersGet() throws IOException {
    get("/health");

    RawPeer.Response response = peer.readResponse();

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.head()).containsIgnoringCase("content-type: text/plain; charset=utf-8");
    assertThat(response.body()).isEqualTo("fine");
  }

  @Test
  void answersHeadWithTheLengthButWithoutTheBody() throws IOException {
    peer.sendText("HEAD /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
    get("/method");

    assertThat(peer.readHead()).startsWith("HTTP/1.1 200 ").contains("Content-Length: 4");
    assertThat(peer.readResponse().body()).isEqualTo("GET");
  }

  @Test
  void givesTheHandlerTheBodyOfAPost() throws IOException {
    post("/echo", "x".repeat(50_000));

    assertThat(peer.readResponse().body()).isEqualTo("x".repeat(50_000));
  }

  @Test
  void givesTheHandlerABodyInChunks() throws IOException {
    peer.sendText(
        """
        POST /echo HTTP/1.1\r
        Host: localhost\r
        Transfer-Encoding: chunked\r
        \r
        3\r
        abc\r
        2\r
        de\r
        0\r
        \r
        """);

    assertThat(peer.readResponse().body()).isEqualTo("abcde");
  }

  @Test
  void answers413ToABodyOver64KiB() throws IOException {
    post("/echo", "x".repeat(64 * 1024));
    assertThat(peer.readResponse().status()).isEqualTo(200);

    post("/echo", "x".repeat(64 * 1024 + 1));
    assertThat(peer.readResponse().status()).isEqualTo(413);
  }

  @Test
  void sendsStatusHeadersAndBodyOfTheHandlersOwn() throws IOException {
    get("/own");

    RawPeer.Response response = peer.readResponse();

    assertThat(response.status()).isEqualTo(202);
    assertThat(response.head()).contains("X-Own: yes");
    assertThat(response.body()).isEqualTo("own");
  }

  @Test
  void answers404WhereTheHandlerHasNothing() throws IOException {
    get("/nothing");

    assertThat(peer.readResponse().status()).isEqualTo(404);
  }

  @Test
  void answers500WhereTheHandlerThrows() throws IOException {
    try (var log = new CapturedLog()) {
      get("/throws");

      RawPeer.Response response = peer.readResponse();

      assertThat(response.status()).isEqualTo(500);
      assertThat(response.body()).doesNotContain("bug");
      log.awaits("the handler's bug");
    }
  }

  @Test
  void answersSeveralRequestsOfOneConnection() throws IOException {
    for (int i = 0; i < 5; i++) {
      post("/echo", "body " + i);

      assertThat(peer.readResponse().body()).isEqualTo("body " + i);
    }
  }

  @Test
  void answersRequestsThatComeAllAtOnceInTheirOrder() throws IOException {
    var all = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      all.append("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n")
          .append(10 + i);
    }
    peer.sendText(all.toString());

    for (int i = 0; i < 20; i++) {
      assertThat(peer.readResponse().body()).isEqualTo("" + (10 + i));
    }
  }

  @Test
  void closesTheConnectionWhereTheClientAsksForThat() throws IOException {
    peer.sendText("GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    RawPeer.Response response = peer.readResponse();

    assertThat(response.head()).contains("Connection: close");
    assertThat(peer.isAtEnd()).isTrue();
  }

  @Test
  void opensAWebSocketAfterPlainRequests() throws IOException {
    get("/health");
    assertThat(peer.readResponse().status()).isEqualTo(200);

    peer.sendText(RawPeer.handshake("/ws"));

    assertThat(peer.readHead()).startsWith("HTTP/1.1 101 ");
    assertThat(peer.receive().text()).isEqualTo("hello");
  }

  @Test
  void leavesWebSocketsToTheRoutes() {
    try (var ws = WebSocket.connect(server.address() + "/ws")) {
      assertThat(ws.receive()).isEqualTo(new Text("hello"));
    }
  }

  @Test
  void answers426WhereThereIsNoHandler() throws IOException {
    try (var bare = WebSocketServer.listen("127.0.0.1:0");
        var visitor = RawPeer.to(bare)) {
      visitor.sendText("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");

      RawPeer.Response response = visitor.readResponse();

      assertThat(response.status()).isEqualTo(426);
      assertThat(response.head()).containsIgnoringCase("upgrade: websocket");
    }
  }

  private void get(String path) throws IOException {
    peer.sendText("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }

  private void post(String path, String body) throws IOException {
    peer.sendText(
        "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(path, body.length(), body));
  }
}
