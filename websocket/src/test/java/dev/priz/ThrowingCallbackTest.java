package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.protocol.Closed;
import dev.priz.protocol.Text;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A callback that throws ends its own connection, with code 1011, and nothing else. */
final class ThrowingCallbackTest {
  private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
  private CapturedLog log;

  @BeforeEach
  void captureLog() {
    log = new CapturedLog();
  }

  @AfterEach
  void releaseLog() {
    log.close();
  }

  static Stream<Throwable> throwables() {
    return Stream.of(
        new IllegalArgumentException("a bug"), new LinkageError("an error"), new AssertionError(1));
  }

  @ParameterizedTest(name = "AP-02 {0}")
  @MethodSource("throwables")
  void closesItsConnectionWith1011AndTells(Throwable thrown) throws InterruptedException {
    try (var server = start(ws -> reporting(ws).onText(text -> sendOrThrow(ws, text, thrown)));
        var other = WebSocket.connect(server.address());
        var ws = WebSocket.connect(server.address())) {
      ws.send("throw");
      ws.send("throw");

      Closed how = ws.run();

      assertThat(how.code()).isEqualTo(1011);
      assertThat(Soon.next(events)).isSameAs(thrown);
      assertThat(Soon.next(events)).isEqualTo("closed by THIS_END");
      assertThat(events).isEmpty();
      other.send("still served");
      assertThat(other.receive()).isEqualTo(new Text("still served"));
    }
  }

  @Test
  @DisplayName("AP-02 survives a stack overflow")
  void survivesAStackOverflow() throws InterruptedException {
    try (var server = start(ws -> reporting(ws).onText(text -> recurse(text)));
        var ws = WebSocket.connect(server.address())) {
      ws.send("deep");

      assertThat(ws.run().code()).isEqualTo(1011);
      assertThat(Soon.next(events)).isInstanceOf(StackOverflowError.class);
      assertThat(Soon.next(events)).isEqualTo("closed by THIS_END");
      assertThat(events).isEmpty();
    }
  }

  @Test
  @DisplayName("AP-02 closes its connection whatever the callback")
  void closesItsConnectionWhateverTheCallback() throws InterruptedException {
    assertThat(codeWhenThrownBy(ws -> ws.onOpen(() -> sneak(new Exception())))).isEqualTo(1011);
    assertThat(codeWhenThrownBy(ws -> ws.onBinary(data -> sneak(new Exception())))).isEqualTo(1011);
    assertThat(codeWhenThrownBy(ws -> ws.onMessage(message -> sneak(new Exception()))))
        .isEqualTo(1011);
    assertThat(codeWhenThrownBy(ws -> ws.onPing(data -> sneak(new Exception())))).isEqualTo(1011);
    assertThat(codeWhenThrownBy(ws -> ws.onPong(data -> sneak(new Exception())))).isEqualTo(1011);
  }

  @Test
  void closesItsConnectionWhenTheSetupThrows() throws InterruptedException {
    try (var server =
            start(ws -> {
              reporting(ws);
              throw new IllegalStateException("in setup");
            });
        var ws = WebSocket.connect(server.address())) {
      assertThat(ws.run().code()).isEqualTo(1011);
      assertThat(Soon.next(events)).isInstanceOf(IllegalStateException.class);
      assertThat(Soon.next(events)).isEqualTo("closed by THIS_END");
    }
  }

  @Test
  @DisplayName("AP-02 closes a client's connection and leaves its others")
  void closesAClientsConnectionAndLeavesItsOthers() throws InterruptedException {
    try (var server = start(ws -> ws.onText(ws::send));
        var client = WebSocketClient.builder().build();
        var good = client.connect(server.address());
        var bad = client.connect(server.address())) {
      good.onText(events::add);
      bad.onText(text -> sneak(new Exception("bug")));
      bad.send("echo");

      Closed how = bad.run();
      good.send("still served");

      assertThat(how.by()).isEqualTo(Closed.By.THIS_END);
      assertThat(how.sent()).extracting("code").isEqualTo(1011);
      assertThat(Soon.next(events)).isEqualTo("still served");
    }
  }

  @Test
  void isLoggedWhereNobodyElseIsTold() throws InterruptedException {
    try (var server = start(ws -> ws.onText(text -> sneak(new Exception("told to the log"))));
        var ws = WebSocket.connect(server.address())) {
      ws.send("go");
      ws.run();

      log.awaits("told to the log");
    }
  }

  @Test
  void isNotLoggedWhereOnErrorIsTold() throws InterruptedException {
    try (var server = start(ws -> reporting(ws).onText(text -> sneak(new Exception())));
        var ws = WebSocket.connect(server.address())) {
      ws.send("go");
      ws.run();

      assertThat(Soon.next(events)).isInstanceOf(Exception.class);
      assertThat(log.text()).isEmpty();
    }
  }

  @Test
  @DisplayName("AP-03 ends the connection even if onError throws")
  void endsTheConnectionEvenIfOnErrorThrowsToo() throws InterruptedException {
    try (var server =
            start(ws ->
                reporting(ws)
                    .onError(cause -> sneak(new Exception("in onError")))
                    .onText(text -> sneak(new Exception("in onText"))));
        var ws = WebSocket.connect(server.address())) {
      ws.send("go");

      assertThat(ws.run().code()).isEqualTo(1011);
      assertThat(Soon.next(events)).isEqualTo("closed by THIS_END");
      log.awaits("in onError");
    }
  }

  @Test
  @DisplayName("AP-03 logs what onClose throws and still ends")
  void logsWhatOnCloseThrowsAndStillEnds() throws InterruptedException {
    try (var ends = Ends.open()) {
      ends.client().onClose(how -> sneak(new Exception("in onClose")));

      ends.client().closeAsync(4000, "");
      ends.server().run();

      assertThat(Soon.value(ends.client().whenClosed()).code()).isEqualTo(4000);
      log.awaits("in onClose");
    }
  }

  @Test
  void isNoErrorWhenItSendsTooLate() throws InterruptedException {
    try (var ends = Ends.open()) {
      reporting(ends.server())
          .onText(text -> {
            ends.server().closeAsync(4000, "");
            ends.server().send("too late");
          });

      ends.client().send("go");

      assertThat(ends.client().run().code()).isEqualTo(4000);
      assertThat(Soon.next(events)).isEqualTo("closed by THIS_END");
      assertThat(log.text()).isEmpty();
    }
  }

  private int codeWhenThrownBy(Consumer<WebSocket> setup) {
    try (var server = start(setup);
        var ws = WebSocket.connect(server.address())) {
      ws.sendPing(new byte[0]);
      ws.sendPong(new byte[0]);
      ws.send(new byte[0]);
      return ws.run().code();
    }
  }

  private static WebSocketServer start(Consumer<WebSocket> setup) {
    return WebSocketServer.at("127.0.0.1:0").callbacks("/", setup).start();
  }

  private WebSocket reporting(WebSocket ws) {
    return ws.onError(events::add).onClose(how -> events.add("closed by " + how.by()));
  }

  private static void sendOrThrow(WebSocket ws, String text, Throwable thrown) {
    if (text.equals("throw")) sneak(thrown);
    ws.send(text);
  }

  private static int recurse(String text) {
    return text.isEmpty() ? 0 : 1 + recurse(text);
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
