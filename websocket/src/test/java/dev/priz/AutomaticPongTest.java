package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** Pings are answered unless the application wants to do it. */
final class AutomaticPongTest {
  private static final String MASKED_PING = "89 82 00000000 abcd";
  private static final String MASKED_TEXT = "81 81 00000000 61";

  @Test
  void answersAPingByItself() throws Exception {
    try (var server = echo(ConnectionOptions.DEFAULT);
        var peer = RawPeer.open(server)) {
      peer.sendHex(MASKED_PING);

      RawPeer.Frame answer = peer.receive();

      assertThat(answer.head()).isEqualTo(0x8A);
      assertThat(answer.payload()).containsExactly(0xab, 0xcd);
    }
  }

  @Test
  void leavesPingsUnansweredWhereThatIsOff() throws Exception {
    try (var server = echo(ConnectionOptions.DEFAULT.answersPings(false));
        var peer = RawPeer.open(server)) {
      peer.sendHex(MASKED_PING);
      peer.sendHex(MASKED_TEXT);

      RawPeer.Frame next = peer.receive();

      assertThat(next.head()).isEqualTo(0x81);
      assertThat(next.text()).isEqualTo("a");
    }
  }

  @Test
  void letsTheApplicationAnswerPingsItself() throws Exception {
    var options = ConnectionOptions.DEFAULT.answersPings(false);
    try (var ends = Ends.open(options)) {
      var pongs = new LinkedBlockingQueue<byte[]>();
      ends.client().onPong(pongs::add);
      ends.server().onPing(data -> ends.server().sendPong(new byte[] {data[0], 99}));

      ends.client().sendPing(new byte[] {42});

      assertThat(Soon.next(pongs)).containsExactly(42, 99);
    }
  }

  private static WebSocketServer echo(ConnectionOptions options) {
    return WebSocketServer.at("127.0.0.1:0")
        .options(options)
        .callbacks("/", ws -> ws.onText(ws::send))
        .start();
  }
}
