package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.protocol.Closed;
import dev.priz.protocol.Message;
import dev.priz.protocol.Text;
import dev.priz.protocol.Timeouts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The end of a server. */
final class ServerStopTest {
  private static final Timeouts SHORT =
      Timeouts.DEFAULT.closing(Duration.ofMillis(200), Duration.ofMillis(200));

  @ParameterizedTest
  @MethodSource("dev.priz.Transports#working")
  void tellsEveryClientThatItGoesAway(Transport transport) throws InterruptedException {
    var server = echo().transport(transport).start();
    List<CompletableFuture<Closed>> ends = new ArrayList<>();
    try (var client = WebSocketClient.builder().transport(transport).build()) {
      for (int i = 0; i < 20; i++) ends.add(Threads.call(client.connect(server.address())::run));

      server.close();

      for (var end : ends) assertThat(Soon.value(end).code()).isEqualTo(1001);
      assertThat(server.connections()).isEmpty();
    }
  }

  @Test
  @DisplayName("CL-18 drains one connection after another")
  void drainsOneConnectionAfterAnother() throws InterruptedException {
    var time = Duration.ofMillis(400);
    var server = echo().start();
    List<CompletableFuture<Long>> ends = new ArrayList<>();
    try (var client = WebSocketClient.builder().build()) {
      for (int i = 0; i < 20; i++) {
        WebSocket ws = client.connect(server.address());
        ends.add(
            Threads.call(() -> {
              assertThat(ws.run().code()).isEqualTo(1012);
              return System.nanoTime();
            }));
      }

      server.drain(time);

      List<Long> times = new ArrayList<>();
      for (var end : ends) times.add(Soon.value(end));
      long spread = Collections.max(times) - Collections.min(times);
      assertThat(Duration.ofNanos(spread)).isGreaterThan(time.dividedBy(2));
      assertThat(server.connections()).isEmpty();
    }
  }

  @Test
  void isWhatJoinWaitsFor() throws InterruptedException {
    var server = echo().start();
    var joining = Threads.run(server::join);
    var alsoJoining = Threads.run(server::join);

    server.close();

    Soon.value(joining);
    Soon.value(alsoJoining);
    server.join();
  }

  @Test
  void endsTheLoopsOfItsHandlersAndWaitsForThem() {
    var state = new AtomicReference<>("not started");
    var server =
        WebSocketServer.at("127.0.0.1:0")
            .route(
                "/",
                ws -> {
                  ws.send("started");
                  for (Message message : ws) ws.send(message);
                  state.set("ended");
                })
            .start();
    WebSocket ws = WebSocket.connect(server.address());
    assertThat(ws.receive()).isEqualTo(new Text("started"));
    Threads.run(ws::receive);

    server.close();

    assertThat(state.get()).isEqualTo("ended");
  }

  @Test
  void freesThePortAtOnce() {
    var first = echo().start();
    WebSocket ws = WebSocket.connect(first.address());
    Threads.run(ws::run);
    first.close();

    var second = WebSocketServer.at("127.0.0.1:" + first.port()).route("/", echoing()).start();

    try (var again = WebSocket.connect(second.address())) {
      again.send("same port");
      assertThat(again.receive()).isEqualTo(new Text("same port"));
    } finally {
      second.close();
    }
  }

  @Test
  void leavesNobodyToConnectTo() {
    var server = echo().start();
    server.close();

    assertThatThrownBy(() -> WebSocket.connect(server.address()))
        .isInstanceOf(WebSocketException.class);
  }

  @Test
  void leavesNoThreadBehind() {
    var server = echo().start();
    WebSocket ws = WebSocket.connect(server.address());
    Threads.run(ws::run);

    server.close();

    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("priz-server-") || name.startsWith("priz-accept-"));
  }

  @Test
  void comesByItsDeadlineThoughAPeerDoesNotAnswer() throws Exception {
    var server = WebSocketServer.at("127.0.0.1:0").callbacks("/", ws -> {}).start();
    try (var peer = RawPeer.open(server)) {
      long start = System.nanoTime();
      server.stop(Duration.ofMillis(300));

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
      assertThat(peer.receive().closeCode()).isEqualTo(1001);
      assertThat(peer.isAtEnd()).isTrue();
    }
  }

  @Test
  void doesNotWaitForTheDeadlineWhereTheCloseTimeoutIsShorter() throws Exception {
    var server = WebSocketServer.at("127.0.0.1:0").timeouts(SHORT).callbacks("/", ws -> {}).start();
    try (var peer = RawPeer.open(server)) {
      long start = System.nanoTime();
      server.stop(Duration.ofMinutes(1));

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      assertThat(peer.receive().closeCode()).isEqualTo(1001);
    }
  }

  @Test
  void endsTcpConnectionsThatHaveSaidNothing() throws Exception {
    var server = echo().start();
    try (var peer = RawPeer.to(server);
        var other = RawPeer.to(server)) {
      other.sendText("GET /half HTTP/1.1\r\n");

      server.close();

      assertThat(peer.isAtEnd()).isTrue();
      assertThat(other.isAtEnd()).isTrue();
    }
  }

  @Test
  void interruptsAHandlerThatDoesNotEndByTheDeadline() throws InterruptedException {
    var started = new CountDownLatch(1);
    var interrupted = new CompletableFuture<Boolean>();
    var server =
        WebSocketServer.at("127.0.0.1:0")
            .timeouts(SHORT)
            .route(
                "/",
                ws -> {
                  started.countDown();
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException interrupt) {
                    interrupted.complete(true);
                  }
                })
            .start();
    WebSocket ws = WebSocket.connect(server.address());
    Threads.run(ws::run);
    Soon.open(started);

    server.stop(Duration.ofMillis(300));

    assertThat(Soon.value(interrupted)).isTrue();
  }

  @Test
  void mayBeBegunInACallback() throws InterruptedException {
    var server = new AtomicReference<WebSocketServer>();
    server.set(
        WebSocketServer.at("127.0.0.1:0")
            .callbacks("/", ws -> ws.onText(text -> server.get().stop(Duration.ofSeconds(5))))
            .start());
    WebSocket ws = WebSocket.connect(server.get().address());
    ws.send("stop");

    assertThat(ws.run().code()).isEqualTo(1001);

    Soon.value(Threads.run(server.get()::join));
  }

  @Test
  void mayBeBegunInAHandler() throws InterruptedException {
    var server = new AtomicReference<WebSocketServer>();
    var stopped = new CompletableFuture<Void>();
    server.set(
        WebSocketServer.at("127.0.0.1:0")
            .route(
                "/",
                ws -> {
                  ws.receive();
                  server.get().close();
                  stopped.complete(null);
                })
            .start());
    WebSocket ws = WebSocket.connect(server.get().address());
    ws.send("stop");

    assertThat(ws.run().code()).isEqualTo(1001);

    Soon.value(stopped);
    server.get().join();
  }

  @Test
  void mayBeBegunByManyAtOnce() throws InterruptedException {
    var server = echo().start();
    List<CompletableFuture<Void>> stopping = new ArrayList<>();
    for (int i = 0; i < 5; i++) stopping.add(Threads.run(server::close));

    for (var each : stopping) Soon.value(each);

    server.close();
  }

  @Test
  void isQuietThoughMessagesStillComeIn() throws InterruptedException {
    try (var log = new CapturedLog()) {
      var server =
          WebSocketServer.at("127.0.0.1:0").callbacks("/", ws -> ws.onText(ws::send)).start();
      List<CompletableFuture<Void>> clients = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        WebSocket ws = WebSocket.connect(server.address());
        ws.onText(ws::send);
        ws.send("back and forth");
        clients.add(Threads.run(ws::run));
      }

      server.close();

      for (var client : clients) Soon.value(client);
      assertThat(log.text()).isEmpty();
    }
  }

  @Test
  void isNoErrorForHandlersThatAreSending() throws InterruptedException {
    try (var log = new CapturedLog()) {
      var server =
          WebSocketServer.at("127.0.0.1:0")
              .route(
                  "/",
                  ws -> {
                    while (true) ws.send("tick");
                  })
              .start();
      var client =
          Threads.run(() -> {
            for (Message message : WebSocket.connect(server.address())) {
              assertThat(message).isEqualTo(new Text("tick"));
            }
          });
      Soon.holds(() -> !server.connections().isEmpty(), "a client is connected");

      server.close();

      Soon.value(client);
      assertThat(log.text()).isEmpty();
    }
  }

  @Test
  void keepsTheInterruptOfTheThreadThatJoins() throws InterruptedException {
    var server = echo().start();
    var kept = new CompletableFuture<Boolean>();
    Thread joining =
        Thread.ofVirtual()
            .start(() -> {
              try {
                server.join();
              } catch (WebSocketException expected) {
                kept.complete(Thread.currentThread().isInterrupted());
              }
            });
    Soon.waiting(joining);

    joining.interrupt();

    assertThat(Soon.value(kept)).isTrue();
    server.close();
  }

  private static WebSocketServerBuilder echo() {
    return WebSocketServer.at("127.0.0.1:0").route("/", echoing());
  }

  private static WebSocketHandler echoing() {
    return ws -> {
      for (Message message : ws) ws.send(message);
    };
  }
}
