package dev.priz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.protocol.Binary;
import dev.priz.protocol.Close;
import dev.priz.protocol.Message;
import dev.priz.protocol.Ping;
import dev.priz.protocol.Pong;
import dev.priz.protocol.PreparedMessage;
import dev.priz.protocol.Text;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sending: from any thread, in order, with the payload free at once. */
final class SendTest {
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
  void keepsTheOrderOfEachThread() throws Exception {
    List<CompletableFuture<Void>> senders = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      String name = "thread " + i;
      senders.add(Threads.run(() -> sendNumbered(name, 100)));
    }

    Map<String, Integer> last = new HashMap<>();
    for (int i = 0; i < 16 * 100; i++) {
      String[] parts = ends.server().receive().text().split(":", -1);
      assertThat(last.merge(parts[0], 1, Integer::sum)).hasToString(parts[1]);
    }
    for (var sender : senders) Soon.value(sender);
  }

  @Test
  void sharesOneWebSocketAmongThreadsThatSendAndReceive() throws Exception {
    ends.server().onText(ends.server()::send);
    List<CompletableFuture<String>> echoes = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      echoes.add(Threads.call(() -> ends.client().receive().text()));
    }

    for (int i = 0; i < 8; i++) Soon.value(Threads.run(() -> ends.client().send("same")));

    for (var echo : echoes) assertThat(Soon.value(echo)).isEqualTo("same");
  }

  @Test
  @DisplayName("AP-09 lets the array be reused at once")
  void letsTheArrayBeReusedAtOnce() {
    byte[] payload = new byte[10_000];
    for (byte i = 0; i < 20; i++) {
      Arrays.fill(payload, i);
      ends.client().send(payload);
      Arrays.fill(payload, (byte) -1);
    }

    for (byte i = 0; i < 20; i++) {
      byte[] expected = new byte[10_000];
      Arrays.fill(expected, i);
      assertThat(ends.server().receive()).isEqualTo(new Binary(expected));
    }
  }

  @Test
  @DisplayName("AP-09 lets the array be reused at once in a callback")
  void letsTheArrayBeReusedAtOnceInACallback() {
    ends.server()
        .onText(text -> {
          byte[] payload = text.getBytes(UTF_8);
          ends.server().send(payload);
          Arrays.fill(payload, (byte) 0);
        });

    ends.client().send("kept");

    assertThat(ends.client().receive()).isEqualTo(new Binary("kept".getBytes(UTF_8)));
  }

  @Test
  @DisplayName("AP-09 lets the array of a Ping be reused at once")
  void letsTheArrayOfAPingBeReusedAtOnce() {
    byte[] data = {1, 2};
    ends.server().showControlFrames();

    ends.client().sendPing(data);
    Arrays.fill(data, (byte) 0);

    assertThat(ends.server().receive()).isEqualTo(new Ping(new byte[] {1, 2}));
  }

  @Test
  @DisplayName("AP-09 lets the array of a message that is sent later be reused at once")
  void letsTheArrayOfAMessageThatIsSentLaterBeReusedAtOnce() {
    byte[] data = {1, 2};

    ends.client().sendAsync(new Binary(data));
    Arrays.fill(data, (byte) 0);

    assertThat(ends.server().receive()).isEqualTo(new Binary(new byte[] {1, 2}));
  }

  @Test
  void sendsABufferFromItsPositionToItsLimitAndMovesNeither() {
    ByteBuffer data = ByteBuffer.allocateDirect(10).put("0123456789".getBytes(UTF_8));
    data.position(2).limit(5);

    ends.client().send(data);
    ends.client().send(data.asReadOnlyBuffer());

    assertThat(ends.server().receive()).isEqualTo(new Binary("234".getBytes(UTF_8)));
    assertThat(ends.server().receive()).isEqualTo(new Binary("234".getBytes(UTF_8)));
    assertThat(data.position()).isEqualTo(2);
    assertThat(data.limit()).isEqualTo(5);
  }

  @Test
  void sendsWhatWasReceivedAsItIs() {
    ends.server().showControlFrames();
    List<Message> messages =
        List.of(
            new Text("text"),
            new Binary(new byte[] {1}),
            new Ping(new byte[] {2}),
            new Pong(new byte[] {3}));

    for (Message message : messages) ends.client().send(message);

    for (Message message : messages) assertThat(ends.server().receive()).isEqualTo(message);
  }

  @Test
  void beginsToCloseWhenItSendsAClose() {
    ends.server().showControlFrames();

    ends.client().send(new Close(4001, "enough"));

    assertThat(ends.server().receive()).isEqualTo(new Close(4001, "enough"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud83d", "a\udd0cb", "\udd0c\ud83d"})
  void refusesTextThatUtf8CannotCarryAndStaysUsable(String unpaired) {
    assertThatThrownBy(() -> ends.client().send(unpaired))
        .isInstanceOf(IllegalArgumentException.class);

    ends.client().send("still here");
    assertThat(ends.server().receive()).isEqualTo(new Text("still here"));
  }

  @Test
  void sendsPingsAndPongsOf125Bytes() {
    ends.server().showControlFrames();

    ends.client().sendPing(new byte[125]);
    ends.client().sendPong(new byte[125]);

    assertThat(ends.server().receive()).isEqualTo(new Ping(new byte[125]));
    assertThat(ends.server().receive()).isEqualTo(new Pong(new byte[125]));
  }

  @Test
  void refusesPingsAndPongsOf126Bytes() {
    assertThatThrownBy(() -> ends.client().sendPing(new byte[126]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("126");
    assertThatThrownBy(() -> ends.client().sendPong(new byte[126]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ends.client().send(new Ping(new byte[126])))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ends.client().sendAsync(new Pong(new byte[126])))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(ends.client().isOpen()).isTrue();
  }

  @Test
  void sendsAPreparedMessageToMany() {
    var prepared = PreparedMessage.text("to all");
    try (var more = Ends.open()) {
      ends.server().send(prepared);
      more.server().send(prepared);
      more.client().send(prepared);

      assertThat(ends.client().receive()).isEqualTo(new Text("to all"));
      assertThat(more.client().receive()).isEqualTo(new Text("to all"));
      assertThat(more.server().receive()).isEqualTo(new Text("to all"));
    }
  }

  @Test
  void sendsABigPreparedMessage() {
    ends.server().send(PreparedMessage.binary(new byte[900_000]));

    assertThat(ends.client().receive()).isEqualTo(new Binary(new byte[900_000]));
  }

  @Test
  void keepsTheOrderOfWhatACallbackSends() {
    ends.server()
        .onText(text -> {
          for (int i = 0; i < 50; i++) ends.server().send("reply " + i);
          ends.server().send(PreparedMessage.text("prepared"));
          ends.server().sendAsync(new Text("async"));
          ends.server().send("last");
        });

    ends.client().send("go");

    for (int i = 0; i < 50; i++) {
      assertThat(ends.client().receive()).isEqualTo(new Text("reply " + i));
    }
    assertThat(ends.client().receive()).isEqualTo(new Text("prepared"));
    assertThat(ends.client().receive()).isEqualTo(new Text("async"));
    assertThat(ends.client().receive()).isEqualTo(new Text("last"));
  }

  private void sendNumbered(String name, int count) {
    for (int i = 1; i <= count; i++) ends.client().send(name + ":" + i);
  }
}
