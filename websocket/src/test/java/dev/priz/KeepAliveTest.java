package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.protocol.Closed;
import dev.priz.protocol.Text;
import dev.priz.protocol.Timeouts;
import dev.priz.protocol.Violation;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** A silent peer is asked for a sign of life, and given up without one. */
final class KeepAliveTest {
  private static final Timeouts SHORT =
      Timeouts.DEFAULT
          .keepAlive(Duration.ofMillis(100), Duration.ofMillis(1_000))
          .closing(Duration.ofMillis(200), Duration.ofMillis(200));
  private static final Duration LONGER_THAN_BOTH = Duration.ofMillis(1_500);

  @Test
  void pingsAPeerThatIsSilent() throws Exception {
    try (var server = reading(SHORT);
        var peer = RawPeer.open(server)) {
      RawPeer.Frame first = peer.receive();

      assertThat(first.head()).isEqualTo(0x89);
      assertThat(first.payload()).isNotEmpty();
    }
  }

  @Test
  void pingsAgainAndAgainAPeerThatAnswers() throws Exception {
    try (var server = reading(SHORT);
        var peer = RawPeer.open(server)) {
      for (int i = 0; i < 4; i++) {
        assertThat(peer.receive().head()).isEqualTo(0x89);
        peer.sendHex("8a 80 00000000");
      }

      assertThat(server.connections()).hasSize(1);
    }
  }

  @Test
  void givesUpAPeerThatDoesNotAnswer() throws Exception {
    var errors = new LinkedBlockingQueue<Throwable>();
    var ends = new LinkedBlockingQueue<Closed>();
    try (var server =
            WebSocketServer.at("127.0.0.1:0")
                .timeouts(SHORT)
                .callbacks("/", ws -> ws.onText(text -> {}).onError(errors::add).onClose(ends::add))
                .start();
        var peer = RawPeer.open(server)) {
      assertThat(peer.receive().head()).isEqualTo(0x89);
      assertThat(peer.receive().head()).isEqualTo(0x88);

      assertThat(Soon.next(errors))
          .isInstanceOfSatisfying(
              ProtocolViolationException.class,
              dead -> assertThat(dead.violation()).isEqualTo(Violation.KEEP_ALIVE_TIMEOUT));
      Closed how = Soon.next(ends);
      assertThat(how.violation()).isEqualTo(Violation.KEEP_ALIVE_TIMEOUT);
      assertThat(how.isClean()).isFalse();
    }
  }

  @Test
  void endsForAThreadThatWaitsForADeadPeer() throws Exception {
    try (var server = RawServer.listen();
        var client = WebSocketClient.builder().timeouts(SHORT).build();
        var met = server.meet(client)) {
      assertThat(met.client().receive()).isNull();

      assertThat(met.client().closed())
          .extracting(Closed::violation)
          .isEqualTo(Violation.KEEP_ALIVE_TIMEOUT);
    }
  }

  @Test
  void takesAnyFrameForASignOfLife() throws Exception {
    try (var server = reading(SHORT);
        var peer = RawPeer.open(server)) {
      for (int i = 0; i < 3; i++) {
        assertThat(peer.receive().head()).isEqualTo(0x89);
        peer.sendHex("81 80 00000000");
      }

      assertThat(server.connections()).hasSize(1);
    }
  }

  @Test
  void keepsTwoQuietEndsConnectedAndTellsTheApplicationNothing() throws Exception {
    var pongs = new LinkedBlockingQueue<byte[]>();
    try (var ends = Ends.open(SHORT)) {
      ends.client().onPong(pongs::add);
      ends.server().onPong(pongs::add);

      assertThat(Soon.isPendingFor(LONGER_THAN_BOTH, ends.client().whenClosed())).isTrue();

      assertThat(pongs).isEmpty();
      ends.client().sendPing(new byte[] {1});
      assertThat(Soon.next(pongs)).containsExactly(1);
    }
  }

  @Test
  void doesNotTakeAPeerForDeadWhileItIsNotReadItself() throws Exception {
    try (var ends = Ends.open(server -> server.timeouts(SHORT), client -> client)) {
      ends.client().send("waits");

      assertThat(Soon.isPendingFor(LONGER_THAN_BOTH, ends.server().whenClosed())).isTrue();

      assertThat(ends.server().receive()).isEqualTo(new Text("waits"));
      ends.client().send("alive");
      assertThat(ends.server().receive()).isEqualTo(new Text("alive"));
    }
  }

  @Test
  void doesNotTakeAPeerForDeadWhileTheInboxIsFull() throws Exception {
    try (var ends = Ends.open(server -> server.timeouts(SHORT), client -> client)) {
      byte[] big = new byte[40_000];
      for (int i = 0; i < 20; i++) ends.client().send(big);
      ends.server().receive();

      assertThat(Soon.isPendingFor(LONGER_THAN_BOTH, ends.server().whenClosed())).isTrue();

      for (int i = 1; i < 20; i++) assertThat(ends.server().receive().data()).hasSize(40_000);
    }
  }

  @Test
  void asksNobodyWhereItIsOff() throws Exception {
    Timeouts off = Timeouts.DEFAULT.keepAlive(Duration.ZERO, Duration.ofMillis(1));
    try (var server = reading(off);
        var peer = RawPeer.open(server)) {
      WebSocket ws = server.connections().iterator().next();

      assertThat(Soon.isPendingFor(LONGER_THAN_BOTH, ws.whenClosed())).isTrue();

      peer.sendHex("81 81 00000000 61");
      assertThat(peer.receive().text()).isEqualTo("a");
    }
  }

  private static WebSocketServer reading(Timeouts timeouts) {
    return WebSocketServer.at("127.0.0.1:0")
        .timeouts(timeouts)
        .callbacks(
            "/",
            ws ->
                ws.onText(text -> {
                  if (!text.isEmpty()) ws.send(text);
                }))
        .start();
  }
}
