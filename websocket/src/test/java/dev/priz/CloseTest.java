package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.protocol.Close;
import dev.priz.protocol.Closed;
import dev.priz.protocol.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The closing handshake between two ends that behave. */
final class CloseTest {
  private Ends ends;

  @BeforeEach
  void open() {
    ends = Ends.open();
  }

  @AfterEach
  void close() {
    ends.close();
  }

  @Test
  void tellsBothEndsHowItCameAbout() throws InterruptedException {
    var serverEnd = Threads.call(ends.server()::run);

    ends.client().close(4000, "bye");

    Closed client = ends.client().closed();
    assertThat(client.by()).isEqualTo(Closed.By.THIS_END);
    assertThat(client.sent()).isEqualTo(new Close(4000, "bye"));
    assertThat(client.received()).extracting(Close::code).isEqualTo(4000);
    assertThat(client.isClean()).isTrue();
    Closed server = Soon.value(serverEnd);
    assertThat(server.by()).isEqualTo(Closed.By.PEER);
    assertThat(server.code()).isEqualTo(4000);
    assertThat(server.reason()).isEqualTo("bye");
    assertThat(server.received()).isEqualTo(new Close(4000, "bye"));
    assertThat(server.isClean()).isTrue();
  }

  @Test
  void closesFromTheServerToo() throws InterruptedException {
    var clientEnd = Threads.call(ends.client()::run);

    ends.server().close(4001, "server goes");

    assertThat(Soon.value(clientEnd).reason()).isEqualTo("server goes");
    assertThat(ends.server().closed()).extracting(Closed::isClean).isEqualTo(true);
  }

  @Test
  void closesWithCode1000AtTheEndOfATryBlock() throws InterruptedException {
    var serverEnd = Threads.call(ends.server()::run);

    try (WebSocket ws = ends.client()) {
      ws.send("dropped");
    }

    assertThat(Soon.value(serverEnd).code()).isEqualTo(1000);
  }

  @Test
  void sendsAllThatWasSentBeforeTheCloseFrame() throws InterruptedException {
    for (int i = 0; i < 500; i++) ends.client().send("message " + i);
    var closing = Threads.run(() -> ends.client().close());

    for (int i = 0; i < 500; i++) {
      assertThat(ends.server().receive()).isEqualTo(new Text("message " + i));
    }
    assertThat(ends.server().receive()).isNull();
    Soon.value(closing);
  }

  @Test
  void receivesWhatStillArrives() throws Exception {
    try (var server = RawServer.listen();
        var client = WebSocketClient.builder().build();
        var met = server.meet(client)) {
      var end = met.client().closeAsync(4000, "");
      assertThat(met.peer().receive().closeCode()).isEqualTo(4000);
      met.peer().sendHex("81 04 6c 61 74 65");
      met.peer().sendHex("88 02 0f a0");
      met.peer().disconnect();

      assertThat(Soon.value(end).isClean()).isTrue();
    }
  }

  @Test
  void givesReceiversWhatArrivesWhileItCloses() throws Exception {
    try (var server = RawServer.listen();
        var client = WebSocketClient.builder().build();
        var met = server.meet(client)) {
      var next = Threads.call(met.client()::receive);
      met.peer().sendHex("81 05 66 69 72 73 74");
      assertThat(Soon.value(next)).isEqualTo(new Text("first"));
      met.client().closeAsync(4000, "");
      assertThat(met.peer().receive().closeCode()).isEqualTo(4000);
      met.peer().sendHex("81 04 6c 61 74 65");
      met.peer().sendHex("88 02 0f a0");

      assertThat(met.client().receive()).isEqualTo(new Text("late"));
      met.peer().disconnect();
      assertThat(met.client().receive()).isNull();
    }
  }

  @Test
  @DisplayName("AP-11 ends for all who close at once")
  void endsForAllWhoCloseAtOnce() throws InterruptedException {
    List<CompletableFuture<Void>> closing = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      closing.add(Threads.run(() -> ends.client().close()));
      closing.add(Threads.run(() -> ends.server().close()));
    }

    for (var each : closing) Soon.value(each);

    assertThat(ends.client().closed()).extracting(Closed::isClean).isEqualTo(true);
    assertThat(ends.server().closed()).extracting(Closed::isClean).isEqualTo(true);
  }

  @Test
  @DisplayName("AP-11 does nothing when it is closed already")
  void doesNothingWhenItIsClosedAlready() {
    Threads.run(() -> ends.server().run());
    ends.client().close(4000, "first");
    Closed how = ends.client().closed();

    ends.client().close(4001, "second");
    ends.client().closeAsync(4002, "third");
    ends.client().abort();

    assertThat(ends.client().closed()).isEqualTo(how);
  }

  @Test
  void doesNotWaitOnTheEventLoop() throws InterruptedException {
    var openAfterClose = new CompletableFuture<Boolean>();
    ends.client()
        .onText(text -> {
          ends.client().close(4000, "");
          openAfterClose.complete(ends.client().isOpen());
        });
    var serverEnd = Threads.call(ends.server()::run);

    ends.server().send("close, please");

    assertThat(Soon.value(openAfterClose)).isTrue();
    assertThat(Soon.value(serverEnd).code()).isEqualTo(4000);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 999, 1004, 1006, 1015, 1016, 2999, 5000, 65_536})
  void refusesCodesThatMayNotBeSent(int code) {
    assertThatThrownBy(() -> ends.client().close(code, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("" + code);
    assertThatThrownBy(() -> ends.client().closeAsync(code, ""))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(ends.client().isOpen()).isTrue();
  }

  @Test
  void takesAReasonOf123BytesAndRefusesOneOf124() throws InterruptedException {
    assertThatThrownBy(() -> ends.client().close(4000, "é".repeat(62)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("124");

    var serverEnd = Threads.call(ends.server()::run);
    ends.client().close(4000, "é".repeat(61) + "e");
    assertThat(Soon.value(serverEnd).reason()).hasSize(62);
  }

  @Test
  void refusesToSendAfterClosingAndTellsHowItEnded() {
    ends.server().onMessage(message -> {});
    ends.client().close(4000, "over");

    assertThatThrownBy(() -> ends.client().send("late"))
        .isInstanceOfSatisfying(
            ConnectionClosedException.class,
            refusal -> {
              assertThat(refusal.closed().by()).isEqualTo(Closed.By.THIS_END);
              assertThat(refusal.closed().sent()).isEqualTo(new Close(4000, "over"));
              assertThat(refusal.closed().received()).isNotNull();
            })
        .hasMessageContaining("4000");
  }

  @Test
  void refusesEveryKindOfSendAfterClosing() {
    Threads.run(() -> ends.server().run());
    ends.client().close();
    WebSocket ws = ends.client();

    assertThatThrownBy(() -> ws.send(new byte[1])).isInstanceOf(ConnectionClosedException.class);
    assertThatThrownBy(() -> ws.sendPing(new byte[1]))
        .isInstanceOf(ConnectionClosedException.class);
    assertThatThrownBy(() -> ws.sendPong(new byte[1]))
        .isInstanceOf(ConnectionClosedException.class);
    assertThatThrownBy(() -> ws.send(new Text(""))).isInstanceOf(ConnectionClosedException.class);
    assertThatThrownBy(() -> ws.send("x".repeat(2_000_000)))
        .isInstanceOf(ConnectionClosedException.class);
    assertThatThrownBy(ws::flush).isInstanceOf(ConnectionClosedException.class);
    assertThatThrownBy(() -> ws.binaryStream().close())
        .isInstanceOf(IOException.class)
        .hasCauseInstanceOf(ConnectionClosedException.class);
  }

  @Test
  void refusesToSendOnceThePeerHasClosed() {
    Threads.run(() -> ends.client().close(4000, "peer's"));
    ends.server().run();

    assertThatThrownBy(() -> ends.server().send("late"))
        .isInstanceOfSatisfying(
            ConnectionClosedException.class,
            refusal -> {
              assertThat(refusal.closed().by()).isEqualTo(Closed.By.PEER);
              assertThat(refusal.closed().received()).isEqualTo(new Close(4000, "peer's"));
              assertThat(refusal.closed().sent()).isNotNull();
            });
  }

  @Test
  void endsAtOnceWhenAborted() throws InterruptedException {
    var serverEnd = Threads.call(ends.server()::run);

    ends.client().abort();

    assertThat(Soon.value(serverEnd).code()).isEqualTo(1006);
    assertThat(Soon.value(ends.client().whenClosed()).isClean()).isFalse();
  }

  @Test
  @DisplayName("AP-07 keeps the interrupt of a thread that waits for the end")
  void keepsTheInterruptOfAThreadThatWaits() throws Exception {
    try (var server = RawServer.listen();
        var client = WebSocketClient.builder().build();
        var met = server.meet(client)) {
      var kept = new CompletableFuture<Boolean>();
      Thread closing =
          Thread.ofVirtual()
              .start(() -> {
                met.client().close();
                kept.complete(Thread.currentThread().isInterrupted());
              });
      assertThat(met.peer().receive().closeCode()).isEqualTo(1000);
      Soon.waiting(closing);

      closing.interrupt();

      assertThat(Soon.value(kept)).isTrue();
      met.peer().sendHex("88 02 03 e8");
      met.peer().disconnect();
      assertThat(Soon.value(met.client().whenClosed()).isClean()).isTrue();
    }
  }
}
