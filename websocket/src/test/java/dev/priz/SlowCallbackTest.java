package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A callback that blocks the event loop is named in the log. */
final class SlowCallbackTest {
  @Test
  void isNamedWithItsPathAndTheRemedyOnce() {
    try (var log = new CapturedLog();
        var server =
            WebSocketServer.at("127.0.0.1:0")
                .callbacks("/slow", ws -> ws.onText(text -> replyLate(ws, text)))
                .start();
        var ws = WebSocket.connect(server.address() + "/slow")) {
      ws.send("one");
      assertThat(ws.receive().text()).isEqualTo("one");
      log.awaits("WARN");
      ws.send("two");
      assertThat(ws.receive().text()).isEqualTo("two");

      assertThat(log.text())
          .contains("/slow")
          .contains(SlowCallbackTest.class.getName())
          .contains("virtual threads")
          .containsOnlyOnce("WARN");
    }
  }

  @Test
  void isNamedBehindACodec() {
    Codec<String> same = Codec.text(text -> text, text -> text);
    try (var log = new CapturedLog();
        var server =
            WebSocketServer.at("127.0.0.1:0")
                .callbacks("/typed", ws -> ws.as(same).onMessage(new Late(ws)))
                .start();
        var ws = WebSocket.connect(server.address() + "/typed")) {
      ws.send("one");

      log.awaits(Late.class.getName());
    }
  }

  @Test
  void isNotNamedWhenItIsQuick() {
    try (var log = new CapturedLog();
        var server =
            WebSocketServer.at("127.0.0.1:0").callbacks("/", ws -> ws.onText(ws::send)).start();
        var ws = WebSocket.connect(server.address())) {
      ws.send("quick");

      assertThat(ws.receive().text()).isEqualTo("quick");
      assertThat(log.text()).isEmpty();
    }
  }

  /** A class of its own, which has not been named yet. */
  private record Late(WebSocket ws) implements Consumer<String> {
    @Override
    public void accept(String text) {
      replyLate(ws, text);
    }
  }

  // Blocks, as callbacks must not.
  private static void replyLate(WebSocket ws, String text) {
    try {
      boolean opened = new CountDownLatch(1).await(150, TimeUnit.MILLISECONDS);
      if (!opened) ws.send(text);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }
}
