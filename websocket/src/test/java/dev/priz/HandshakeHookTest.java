package dev.priz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.protocol.Headers;
import dev.priz.protocol.Response;
import dev.priz.protocol.Text;
import dev.priz.protocol.Timeouts;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server's say on who is let in. */
final class HandshakeHookTest {
  @ParameterizedTest
  @ValueSource(ints = {300, 302, 401, 403, 404, 429, 500, 503, 599})
  void turnsAwayWithAnyStatus(int status) {
    try (var server = deciding(question -> Decision.refuse(status, "because " + status))) {
      assertThatThrownBy(() -> WebSocket.connect(server.address()))
          .isInstanceOfSatisfying(
              HandshakeRefusedException.class,
              refusal -> {
                assertThat(refusal.status()).isEqualTo(status);
                assertThat(refusal.bodyText()).isEqualTo("because " + status);
              })
          .hasMessageContaining("" + status);
    }
  }

  @Test
  void turnsAwayWithHeadersAndABodyOfItsOwn() {
    Response response =
        new Response(
            401,
            Headers.of("WWW-Authenticate", "Bearer", "Content-Type", "application/json"),
            "{}".getBytes(UTF_8));
    try (var server = deciding(question -> Decision.refuse(response))) {
      assertThatThrownBy(() -> WebSocket.connect(server.address()))
          .isInstanceOfSatisfying(
              HandshakeRefusedException.class,
              refusal -> {
                assertThat(refusal.headers().first("www-authenticate")).isEqualTo("Bearer");
                assertThat(refusal.headers().first("Content-Type")).isEqualTo("application/json");
                assertThat(refusal.body()).containsExactly('{', '}');
              });
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 101, 200, 299})
  void refusesStatusesThatTurnNobodyAway(int status) {
    assertThatThrownBy(() -> Decision.refuse(status, ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void letsInWithAnAttachmentForTheHandler() {
    try (var server =
            WebSocketServer.at("127.0.0.1:0")
                .handshake(question -> Decision.accept().attach("Ada"))
                .route("/", ws -> ws.send("hello " + ws.attachment()))
                .start();
        var ws = WebSocket.connect(server.address())) {
      assertThat(ws.receive()).isEqualTo(new Text("hello Ada"));
      assertThat(ws.attachment()).isNull();
    }
  }

  @Test
  void letsInWithMoreHeaders() throws Exception {
    try (var server =
            deciding(question -> Decision.accept().header("Set-Cookie", "a=1").header("X-B", "2"));
        var peer = RawPeer.to(server)) {
      peer.sendText(RawPeer.handshake("/"));

      assertThat(peer.readHead())
          .startsWith("HTTP/1.1 101 ")
          .contains("\r\nSet-Cookie: a=1\r\n")
          .contains("\r\nX-B: 2\r\n");
    }
  }

  @Test
  void isAskedAboutTheRequest() throws InterruptedException {
    var questions = new LinkedBlockingQueue<Handshake>();
    try (var server =
            WebSocketServer.at("127.0.0.1:0")
                .handshake(question -> {
                  questions.add(question);
                  return Decision.accept();
                })
                .route("/chat/{room}", ws -> {})
                .start();
        var client =
            WebSocketClient.builder()
                .header("Authorization", "Bearer x")
                .subprotocols("p")
                .build();
        var ws = client.connect(server.address() + "/chat/lobby?token=1")) {
      Handshake question = Soon.next(questions);

      assertThat(question.request().headers().first("Authorization")).isEqualTo("Bearer x");
      assertThat(question.request().queryParameter("token")).isEqualTo("1");
      assertThat(question.pathParameters()).isEqualTo(Map.of("room", "lobby"));
      assertThat(question.subprotocols()).containsExactly("p");
      assertThat(question.remoteAddress()).isNotNull();
      assertThat(question.secure()).isFalse();
      assertThat(ws.isSecure()).isFalse();
    }
  }

  @Test
  void isNotAskedWhereThereIsNoRoute() {
    var questions = new LinkedBlockingQueue<Handshake>();
    try (var server =
        WebSocketServer.at("127.0.0.1:0")
            .handshake(question -> {
              questions.add(question);
              return Decision.accept();
            })
            .route("/here", ws -> {})
            .start()) {
      assertThatThrownBy(() -> WebSocket.connect(server.address() + "/there"))
          .isInstanceOf(HandshakeRefusedException.class);

      assertThat(questions).isEmpty();
    }
  }

  @Test
  void mayBlockWithoutHoldingOthersUp() throws Exception {
    var go = new CountDownLatch(1);
    try (var server =
        WebSocketServer.at("127.0.0.1:0")
            .threads(1)
            .handshake(question -> {
              if (question.request().path().equals("/slow")) await(go);
              return Decision.accept();
            })
            .start()) {
      var slow = Threads.call(() -> WebSocket.connect(server.address() + "/slow"));

      WebSocket.connect(server.address() + "/fast").abort();

      assertThat(slow).isNotDone();
      go.countDown();
      Soon.value(slow).abort();
    }
  }

  @Test
  void mayDecideLater() throws InterruptedException {
    var asked = new CompletableFuture<Handshake>();
    var decision = new CompletableFuture<Decision>();
    try (var server =
        decidingLater(question -> {
          asked.complete(question);
          return decision;
        })) {
      var opening = Threads.call(() -> WebSocket.connect(server.address()));
      Soon.value(asked);
      assertThat(opening).isNotDone();

      decision.complete(Decision.accept());

      Soon.value(opening).abort();
    }
  }

  @Test
  void getsTheClientA503IfItTakesTooLong() {
    var decision = new CompletableFuture<Decision>();
    try (var server =
        WebSocketServer.at("127.0.0.1:0")
            .timeouts(Timeouts.DEFAULT.handshake(Duration.ofMillis(200)))
            .handshakeAsync(question -> decision)
            .start()) {
      assertThatThrownBy(() -> WebSocket.connect(server.address()))
          .isInstanceOfSatisfying(
              HandshakeRefusedException.class,
              refusal -> assertThat(refusal.status()).isEqualTo(503));
      assertThat(decision).isCancelled();
    }
  }

  @Test
  void isInterruptedIfItBlocksTooLong() throws InterruptedException {
    var interrupted = new CompletableFuture<Boolean>();
    try (var server =
        WebSocketServer.at("127.0.0.1:0")
            .timeouts(Timeouts.DEFAULT.handshake(Duration.ofMillis(200)))
            .handshake(question -> {
              interrupted.complete(await(new CountDownLatch(1)));
              return Decision.accept();
            })
            .start()) {
      assertThatThrownBy(() -> WebSocket.connect(server.address()))
          .isInstanceOf(HandshakeRefusedException.class);

      assertThat(Soon.value(interrupted)).isTrue();
    }
  }

  @Test
  void isCancelledIfTheClientLeaves() throws Exception {
    var asked = new CountDownLatch(1);
    var decision = new CompletableFuture<Decision>();
    var outcome = decision.handle((decided, failure) -> decision.isCancelled());
    try (var server =
            decidingLater(question -> {
              asked.countDown();
              return decision;
            });
        var peer = RawPeer.to(server)) {
      peer.sendText(RawPeer.handshake("/"));
      Soon.open(asked);

      peer.disconnect();

      assertThat(Soon.value(outcome)).isTrue();
    }
  }

  @Test
  void getsTheClientA500IfItThrows() {
    try (var log = new CapturedLog();
        var server =
            deciding(question -> {
              throw new IllegalStateException("the hook's bug");
            })) {
      assertStatus(server, 500);
      log.awaits("the hook's bug");
    }
  }

  @Test
  void getsTheClientA500IfItDecidesNothing() {
    try (var log = new CapturedLog();
        var server = deciding(question -> null);
        var later = decidingLater(question -> CompletableFuture.completedFuture(null));
        var never = decidingLater(question -> null)) {
      assertStatus(server, 500);
      assertStatus(later, 500);
      assertStatus(never, 500);
      log.awaits("handshake hook failed");
    }
  }

  @Test
  void getsTheClientA500IfItFailsLaterOrThrowsAtOnce() {
    try (var log = new CapturedLog();
        var later =
            decidingLater(question -> CompletableFuture.failedFuture(new Exception("later")));
        var atOnce =
            decidingLater(question -> {
              throw new IllegalStateException("at once");
            })) {
      assertStatus(later, 500);
      assertStatus(atOnce, 500);
      log.awaits("later");
      log.awaits("at once");
    }
  }

  @Test
  void getsTheClientA500IfItsAcceptanceCannotBeSent() {
    try (var log = new CapturedLog();
        var subprotocol = deciding(question -> Decision.accept().subprotocol("not offered"));
        var header = deciding(question -> Decision.accept().header("Upgrade", "other"))) {
      assertStatus(subprotocol, 500);
      assertStatus(header, 500);
      log.awaits("not offered");
    }
  }

  private static WebSocketServer deciding(Function<Handshake, Decision> decider) {
    return WebSocketServer.at("127.0.0.1:0").handshake(decider).start();
  }

  private static WebSocketServer decidingLater(
      Function<Handshake, CompletionStage<Decision>> decider) {
    return WebSocketServer.at("127.0.0.1:0").handshakeAsync(decider).start();
  }

  private static void assertStatus(WebSocketServer server, int status) {
    assertThatThrownBy(() -> WebSocket.connect(server.address()))
        .isInstanceOfSatisfying(
            HandshakeRefusedException.class,
            refusal -> assertThat(refusal.status()).isEqualTo(status));
  }

  // True if interrupted.
  private static boolean await(CountDownLatch latch) {
    try {
      latch.await();
      return false;
    } catch (InterruptedException interrupt) {
      return true;
    }
  }
}
