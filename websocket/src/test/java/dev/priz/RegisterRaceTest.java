package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Callbacks that are registered and replaced while what they are for arrives. */
final class RegisterRaceTest {
  private static final int ROUNDS = Rounds.of(500, 100_000);
  private static final String TEXT = "81 81 00000000 ";
  private static final String BINARY = "82 81 00000000 ";

  @Test
  @DisplayName("AP-13 calls each callback that is registered while its message arrives, 500 rounds")
  void losesNothing() throws Exception {
    try (var server = WebSocketServer.listen("127.0.0.1:0")) {
      for (int round = 0; round < ROUNDS; round++) {
        try (var peer = RawPeer.open(server);
            var ws = new Aborted(server.accept())) {
          BlockingQueue<String> events = new LinkedBlockingQueue<>();
          var start = new CyclicBarrier(2);
          var registering =
              Threads.run(() -> {
                start.await();
                ws.it().onBinary(data -> events.add("binary"));
                ws.it().onText(events::add);
              });
          start.await();
          peer.sendHex(TEXT + "61" + BINARY + "00" + TEXT + "62");

          assertThat(Soon.next(events)).isEqualTo("a");
          assertThat(Soon.next(events)).isEqualTo("binary");
          assertThat(Soon.next(events)).isEqualTo("b");
          Soon.value(registering);
          assertThat(events).isEmpty();
        }
      }
    }
  }

  @Test
  @DisplayName("AP-13 gives each message to one callback while another takes its place, 500 rounds")
  void givesEachMessageToOne() throws Exception {
    try (var server = WebSocketServer.listen("127.0.0.1:0")) {
      for (int round = 0; round < ROUNDS; round++) {
        try (var peer = RawPeer.open(server);
            var ws = new Aborted(server.accept())) {
          BlockingQueue<String> events = new LinkedBlockingQueue<>();
          var start = new CyclicBarrier(2);
          ws.it().onText(text -> events.add("old " + text));
          var replacing =
              Threads.run(() -> {
                start.await();
                ws.it().onText(text -> events.add("new " + text));
              });
          start.await();
          peer.sendHex(TEXT + "61");
          peer.sendHex(TEXT + "62");

          String first = Soon.next(events);
          String second = Soon.next(events);
          Soon.value(replacing);
          assertThat(first).isIn("old a", "new a");
          assertThat(second).isIn("old b", "new b");
          assertThat(first + second)
              .as("the old one does not come back")
              .doesNotContain("new aold");
          assertThat(events).isEmpty();
        }
      }
    }
  }

  // Ends a connection at the end of a round, without a closing handshake.
  private record Aborted(WebSocket it) implements AutoCloseable {
    @Override
    public void close() {
      it.abort();
    }
  }
}
