package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.protocol.Binary;
import dev.priz.protocol.Close;
import dev.priz.protocol.Message;
import dev.priz.protocol.Opcode;
import dev.priz.protocol.Ping;
import dev.priz.protocol.Pong;
import dev.priz.protocol.Text;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages that threads ask for. */
final class ReceiveTest {
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
  void waitsForTheNextMessage() throws InterruptedException {
    var received = new CompletableFuture<Message>();
    Thread receiver = Thread.ofVirtual().start(() -> received.complete(ends.server().receive()));
    Soon.waiting(receiver);

    ends.client().send("at last");

    assertThat(Soon.value(received)).isEqualTo(new Text("at last"));
  }

  @Test
  void tellsOpcodeTextAndDataOfAMessage() {
    ends.server().showControlFrames();
    ends.client().send("äh");
    ends.client().sendPing(new byte[] {5});

    Message text = ends.server().receive();
    Message ping = ends.server().receive();

    assertThat(text.opcode()).isEqualTo(Opcode.TEXT);
    assertThat(text.text()).isEqualTo("äh");
    assertThat(text.data()).containsExactly(0xc3, 0xa4, 'h');
    assertThat(ping.opcode()).isEqualTo(Opcode.PING);
    assertThat(ping.data()).containsExactly(5);
    assertThatThrownBy(ping::text).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void matchesEveryKindByPattern() {
    ends.server().showControlFrames();
    ends.client().send("t");
    ends.client().send(new byte[] {1});
    ends.client().sendPing(new byte[] {2});
    ends.client().sendPong(new byte[] {3});
    ends.client().closeAsync(4000, "r");

    List<String> seen = new ArrayList<>();
    for (Message message : ends.server()) {
      seen.add(
          switch (message) {
            case Text(String text) -> "text " + text;
            case Binary(byte[] data) -> "binary " + data[0];
            case Ping(byte[] data) -> "ping " + data[0];
            case Pong(byte[] data) -> "pong " + data[0];
            case Close(int code, String reason) -> "close " + code + " " + reason;
          });
    }

    assertThat(seen).containsExactly("text t", "binary 1", "ping 2", "pong 3", "close 4000 r");
  }

  @Test
  void hidesControlFramesUnlessAskedForThem() {
    ends.client().sendPing(new byte[1]);
    ends.client().sendPong(new byte[1]);
    ends.client().send("data");
    ends.client().closeAsync(1000, "");

    assertThat(ends.server().receive()).isEqualTo(new Text("data"));
    assertThat(ends.server().receive()).isNull();
  }

  @Test
  void endsIterationWhenThePeerCloses() {
    ends.client().send("1");
    ends.client().send("2");
    ends.client().closeAsync(1000, "");

    assertThat(ends.server()).containsExactly(new Text("1"), new Text("2"));
  }

  @Test
  void endsIterationWhenTheConnectionIsLost() throws Exception {
    try (var server = WebSocketServer.listen("127.0.0.1:0");
        var peer = RawPeer.open(server);
        var ws = server.accept()) {
      peer.sendHex("81 81 00000000 61");
      peer.disconnect();

      assertThat(ws).containsExactly(new Text("a"));
    }
  }

  @Test
  void goesOnWhereAnotherIterationStopped() {
    for (int i = 0; i < 3; i++) ends.client().send("" + i);
    for (Message first : ends.server()) {
      assertThat(first).isEqualTo(new Text("0"));
      break;
    }

    assertThat(ends.server().receive()).isEqualTo(new Text("1"));
    assertThat(ends.server().iterator().next()).isEqualTo(new Text("2"));
  }

  @Test
  void hasNoNextMessageAfterTheEnd() {
    ends.client().closeAsync(1000, "");
    Iterator<Message> messages = ends.server().iterator();

    assertThat(messages.hasNext()).isFalse();
    assertThatThrownBy(messages::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void givesNullAgainAndAgainAfterTheEnd() {
    ends.client().abort();

    assertThat(ends.server().receive()).isNull();
    assertThat(ends.server().receive()).isNull();
    assertThat(ends.server().closed()).isNotNull();
  }

  @Test
  void endsAllThreadsThatWait() throws InterruptedException {
    var first = Threads.call(ends.server()::receive);
    var second = Threads.call(ends.server()::receive);

    ends.client().closeAsync(1000, "");

    assertThat(Soon.value(first)).isNull();
    assertThat(Soon.value(second)).isNull();
  }

  @Test
  void holdsThePeerBackWhileNobodyReceives() throws InterruptedException {
    Thread sender =
        Thread.ofVirtual()
            .start(() -> {
              for (int i = 0; i < 600; i++) ends.client().send(new byte[50_000]);
            });
    assertThat(ends.server().receive()).isEqualTo(new Binary(new byte[50_000]));
    Soon.waiting(sender);

    for (int i = 1; i < 600; i++) {
      assertThat(ends.server().receive().data()).hasSize(50_000);
    }

    Soon.ended(sender);
  }

  @Test
  void losesNothingWhenInterrupted() throws InterruptedException {
    var interrupted = new CompletableFuture<Boolean>();
    Thread receiver =
        Thread.ofVirtual()
            .start(() -> {
              try {
                ends.server().receive();
              } catch (WebSocketException expected) {
                interrupted.complete(Thread.currentThread().isInterrupted());
              }
            });
    Soon.waiting(receiver);

    receiver.interrupt();

    assertThat(Soon.value(interrupted)).isTrue();
    ends.client().send("kept");
    assertThat(ends.server().receive()).isEqualTo(new Text("kept"));
  }
}
