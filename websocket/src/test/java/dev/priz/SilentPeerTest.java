package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.protocol.Close;
import dev.priz.protocol.Closed;
import dev.priz.protocol.Timeouts;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Closing always ends, whatever the peer does not do. */
final class SilentPeerTest {
  private static final Timeouts SHORT =
      Timeouts.DEFAULT.closing(Duration.ofMillis(200), Duration.ofMillis(200));

  @ParameterizedTest
  @MethodSource("dev.priz.Transports#working")
  void closesAClientWhoseServerNeverAnswers(Transport transport) throws Exception {
    try (var server = RawServer.listen();
        var client = WebSocketClient.builder().transport(transport).timeouts(SHORT).build();
        var met = server.meet(client)) {
      met.client().close(4000, "anyone?");

      Closed how = met.client().closed();
      assertThat(how.code()).isEqualTo(1006);
      assertThat(how.by()).isEqualTo(Closed.By.THIS_END);
      assertThat(how.sent()).isEqualTo(new Close(4000, "anyone?"));
      assertThat(how.received()).isNull();
      assertThat(how.isClean()).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("dev.priz.Transports#working")
  void closesAServersConnectionWhoseClientNeverAnswers(Transport transport) throws Exception {
    try (var server =
            WebSocketServer.at("127.0.0.1:0").transport(transport).timeouts(SHORT).start();
        var peer = RawPeer.open(server);
        var ws = server.accept()) {
      ws.close(4000, "anyone?");

      assertThat(ws.closed()).extracting(Closed::code).isEqualTo(1006);
      assertThat(peer.receive().closeCode()).isEqualTo(4000);
      assertThat(peer.isAtEnd()).isTrue();
    }
  }

  @Test
  void closesAClientWhoseServerAnswersButDoesNotEndTheConnection() throws Exception {
    try (var server = RawServer.listen();
        var client = WebSocketClient.builder().timeouts(SHORT).build();
        var met = server.meet(client)) {
      var closing = Threads.run(() -> met.client().close(4000, ""));
      assertThat(met.peer().receive().closeCode()).isEqualTo(4000);
      met.peer().sendHex("88 02 0f a0");

      Soon.value(closing);

      assertThat(met.client().closed()).extracting(Closed::isClean).isEqualTo(true);
      assertThat(met.peer().isAtEnd()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("dev.priz.Transports#working")
  void closesThoughThePeerReadsNothing(Transport transport) throws Exception {
    try (var server = RawServer.listen();
        var client = WebSocketClient.builder().transport(transport).timeouts(SHORT).build();
        var met = server.meet(client)) {
      Thread sender = Thread.ofVirtual().start(() -> sendUntilClosed(met.client()));
      Soon.waiting(sender);

      met.client().close();

      assertThat(met.client().closed()).extracting(Closed::received).isNull();
      Soon.ended(sender);
    }
  }

  @Test
  void endsForThoseWhoWaitInEveryCall() throws Exception {
    try (var server = RawServer.listen();
        var client = WebSocketClient.builder().timeouts(SHORT).build();
        var met = server.meet(client)) {
      var receiving = Threads.call(met.client()::receive);
      Jam.of(met.client());
      Thread sender = Thread.ofVirtual().start(() -> sendUntilClosed(met.client()));
      Soon.waiting(sender);
      var flushing = Threads.run(met.client()::flush);
      var running = Threads.call(met.client()::run);

      met.client().close();

      assertThat(Soon.value(receiving)).isNull();
      assertThat(Soon.failure(flushing)).isInstanceOf(ConnectionClosedException.class);
      assertThat(Soon.value(running)).isEqualTo(met.client().closed());
      Soon.ended(sender);
    }
  }

  @Test
  void failsAllThatWaitsToBeSent() throws Exception {
    try (var server = RawServer.listen();
        var client = WebSocketClient.builder().timeouts(SHORT).build();
        var met = server.meet(client)) {
      Jam jam = Jam.of(met.client());
      var flushing = Threads.run(met.client()::flush);

      met.client().close();

      assertThat(Soon.failure(jam.stuck())).isInstanceOf(ConnectionClosedException.class);
      assertThat(Soon.failure(flushing)).isInstanceOf(ConnectionClosedException.class);
      assertThatThrownBy(() -> met.client().send("late"))
          .isInstanceOf(ConnectionClosedException.class);
    }
  }

  @Test
  void doesNotHangWhenTheClientIsClosedBelowAWebSocket() throws Exception {
    try (var server = RawServer.listen()) {
      var client = WebSocketClient.builder().build();
      var met = server.meet(client);
      var received = Threads.call(met.client()::receive);

      client.close();
      met.client().close();

      assertThat(Soon.value(received)).isNull();
      assertThat(met.client().isOpen()).isFalse();
      met.close();
    }
  }

  private static void sendUntilClosed(WebSocket ws) {
    try {
      while (true) ws.send(new byte[50_000]);
    } catch (ConnectionClosedException expected) {
      return;
    }
  }
}
