package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.protocol.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Connections that wait for a server's thread to ask for them. */
final class AcceptTest {
  private static final int MAX_WAITING = 1_024;
  private WebSocketServer server;

  @BeforeEach
  void start() {
    server = WebSocketServer.listen("127.0.0.1:0");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void waitsForTheNextConnection() throws InterruptedException {
    var accepted = Threads.call(server::accept);

    try (var ws = WebSocket.connect(server.address() + "/any/path")) {
      WebSocket other = Soon.value(accepted);
      assertThat(other.request().path()).isEqualTo("/any/path");
      other.send("welcome");
      assertThat(ws.receive()).isEqualTo(new Text("welcome"));
      other.abort();
    }
  }

  @Test
  void givesEachConnectionToOneThread() throws InterruptedException {
    List<CompletableFuture<WebSocket>> accepting = new ArrayList<>();
    for (int i = 0; i < 10; i++) accepting.add(Threads.call(server::accept));

    for (int i = 0; i < 10; i++) WebSocket.connect(server.address()).abort();

    Set<WebSocket> accepted = new HashSet<>();
    for (var each : accepting) accepted.add(Soon.value(each));
    assertThat(accepted).hasSize(10).doesNotContainNull();
  }

  @Test
  void keepsWhatAClientSentBeforeItWasAccepted() {
    try (var ws = WebSocket.connect(server.address())) {
      ws.send("early");
      ws.flush();
      WebSocket other = server.accept();

      assertThat(other.receive()).isEqualTo(new Text("early"));
      other.abort();
    }
  }

  @Test
  void givesNullToAllWhoWaitOnceTheServerStops() throws InterruptedException {
    var first = Threads.call(server::accept);
    var second = Threads.call(server::accept);

    server.close();

    assertThat(Soon.value(first)).isNull();
    assertThat(Soon.value(second)).isNull();
    assertThat(server.accept()).isNull();
  }

  @Test
  void keepsTheInterruptOfAThreadThatWaits() throws InterruptedException {
    var kept = new CompletableFuture<Boolean>();
    Thread accepting =
        Thread.ofVirtual()
            .start(() -> {
              try {
                server.accept();
              } catch (WebSocketException expected) {
                kept.complete(Thread.currentThread().isInterrupted());
              }
            });
    Soon.waiting(accepting);

    accepting.interrupt();

    assertThat(Soon.value(kept)).isTrue();
    WebSocket.connect(server.address()).abort();
    assertThat(server.accept()).isNotNull();
  }

  @Test
  @DisplayName("AP-14 turns clients away with 503 where too many wait")
  void turnsClientsAwayWith503WhereTooManyWait() throws InterruptedException {
    try (var client = WebSocketClient.builder().build()) {
      for (int i = 0; i < MAX_WAITING; i++) {
        Soon.value(client.connectAsync(server.address()));
      }

      assertThatThrownBy(() -> client.connect(server.address()))
          .isInstanceOfSatisfying(
              HandshakeRefusedException.class,
              refusal -> assertThat(refusal.status()).isEqualTo(503));

      assertThat(server.accept()).isNotNull();
      assertThat(client.connect(server.address()).isOpen()).isTrue();
    }
  }

  @Test
  void hasTheChatOfTheFirstSpecification() throws InterruptedException {
    var chat = Threads.run(() -> serveChat(server));

    try (var ada = WebSocket.connect(server.address());
        var bob = WebSocket.connect(server.address())) {
      assertThat(ada.receive()).isEqualTo(new Text("welcome"));
      assertThat(bob.receive()).isEqualTo(new Text("welcome"));
      ada.send("hi");
      assertThat(bob.receive()).isEqualTo(new Text("hi"));
    }

    server.close();
    Soon.value(chat);
  }

  private static void serveChat(WebSocketServer server) {
    Set<WebSocket> all = ConcurrentHashMap.newKeySet();
    for (WebSocket ws = server.accept(); ws != null; ws = server.accept()) {
      WebSocket one = ws;
      all.add(one);
      one.send("welcome");
      Threads.run(() -> {
        for (var message : one) {
          for (WebSocket other : all) if (other != one) other.send(message);
        }
        all.remove(one);
        one.close();
      });
    }
  }
}
