package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.protocol.Binary;
import dev.priz.protocol.Closed;
import dev.priz.protocol.Opcode;
import dev.priz.protocol.Text;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sending to a peer that reads slowly or not at all: threads wait, the event loop gives up. */
final class SlowPeerTest {
  @Test
  @DisplayName("AP-07 keeps the interrupt of a thread that waits to send")
  void holdsASendingThreadBackAndKeepsItsInterrupt() throws Exception {
    try (var ends = Ends.open()) {
      var sent = new AtomicInteger();
      var kept = new CompletableFuture<Boolean>();
      Thread sender =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  while (true) {
                    ends.client().send(new byte[50_000]);
                    sent.incrementAndGet();
                  }
                } catch (WebSocketException interrupted) {
                  kept.complete(Thread.currentThread().isInterrupted());
                }
              });
      Soon.waiting(sender);

      sender.interrupt();

      assertThat(Soon.value(kept)).isTrue();
      for (int i = sent.get(); i > 0; i--) {
        assertThat(ends.server().receive()).isEqualTo(new Binary(new byte[50_000]));
      }
      ends.client().send("usable");
      assertThat(ends.server().receive()).isEqualTo(new Text("usable"));
    }
  }

  @Test
  @DisplayName("AP-07 stays usable when the send of a big message is interrupted")
  void staysUsableWhenABigMessageIsInterrupted() throws Exception {
    var options = ConnectionOptions.DEFAULT.fragmentBytes(100_000);
    try (var ends = Ends.open(options)) {
      var sent = new AtomicInteger();
      Thread sender =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  while (true) {
                    ends.client().send(new byte[900_000]);
                    sent.incrementAndGet();
                  }
                } catch (WebSocketException interrupted) {
                  Thread.interrupted();
                }
              });
      Soon.waiting(sender);

      sender.interrupt();

      for (int i = 0; i < sent.get(); i++) {
        assertThat(ends.server().receive().data()).hasSize(900_000);
      }
      Soon.ended(sender);
      ends.client().send("usable");
      var last = ends.server().receive();
      while (last instanceof Binary) last = ends.server().receive();
      assertThat(last).isEqualTo(new Text("usable"));
    }
  }

  @Test
  @DisplayName("AP-07 ends a message in fragments though its thread is interrupted")
  void endsAMessageInFragmentsThoughItsThreadIsInterrupted() throws Exception {
    try (var ends = Ends.open()) {
      Thread sender = Thread.ofVirtual().start(() -> fillInFragments(ends.client()));
      Soon.waiting(sender);

      sender.interrupt();

      Soon.ended(sender);
      ends.client().sendAsync(new Text("after"));
      IncomingMessage first = ends.server().receiveStream();
      assertThat(first.opcode()).isEqualTo(Opcode.BINARY);
      IncomingMessage second = ends.server().receiveStream();
      assertThat(second.characters().read()).isEqualTo('a');
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {50_000, 1_200_000})
  void givesUpAPeerForWhomCallbacksSendTooMuch(int messageBytes) throws Exception {
    var ended = new CompletableFuture<Closed>();
    try (var log = new CapturedLog();
        var server =
            WebSocketServer.at("127.0.0.1:0")
                .callbacks(
                    "/",
                    ws -> ws.onOpen(() -> sendForEver(ws, messageBytes)).onClose(ended::complete))
                .start();
        var peer = RawPeer.open(server)) {
      Closed how = Soon.value(ended);

      assertThat(how.code()).isEqualTo(1013);
      assertThat(how.by()).isEqualTo(Closed.By.THIS_END);
      assertThatThrownBy(peer::receive).isInstanceOf(IOException.class);
      assertThat(log.text()).isEmpty();
    }
  }

  private static void sendForEver(WebSocket ws, int bytes) {
    for (int i = 0; i < 10_000; i++) ws.send(new byte[bytes]);
    throw new AssertionError("sent without an end");
  }

  private static void fillInFragments(WebSocket ws) {
    try (OutgoingMessage message = ws.sendFragments(Opcode.BINARY)) {
      while (true) message.send(new byte[50_000]);
    } catch (WebSocketException interrupted) {
      return;
    }
  }
}
