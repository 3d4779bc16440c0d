package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.protocol.Closed;
import dev.priz.protocol.Message;
import dev.priz.protocol.Text;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How a handler that is a loop ends its connection. */
final class ThrowingHandlerTest {
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
        new IllegalArgumentException("a bug"),
        new IOException("checked"),
        new LinkageError("an error"),
        new StackOverflowError());
  }

  @ParameterizedTest
  @MethodSource("throwables")
  void closesWith1011AndTellsWhenItThrows(Throwable thrown) throws InterruptedException {
    try (var server = start(ws -> throwAfterOne(reporting(ws), thrown));
        var ws = WebSocket.connect(server.address())) {
      ws.send("one");

      Closed how = ws.run();

      assertThat(how.code()).isEqualTo(1011);
      assertThat(Soon.next(events)).isSameAs(thrown);
      assertThat(Soon.next(events)).isEqualTo("closed by THIS_END");
      assertThat(events).isEmpty();
      assertThat(log.text()).isEmpty();
    }
  }

  @Test
  void isLoggedWhereNobodyElseIsTold() {
    try (var server = start(ws -> throwAfterOne(ws, new IOException("told to the log")));
        var ws = WebSocket.connect(server.address())) {
      ws.send("one");
      ws.run();

      log.awaits("told to the log");
    }
  }

  @Test
  void closesWith1011ThoughMuchIsLeftToReceive() {
    try (var server = start(ws -> throwAfterOne(ws, new IOException("early")));
        var ws = WebSocket.connect(server.address())) {
      var end = Threads.call(ws::run);
      for (int i = 0; i < 100; i++) {
        if (!end.isDone()) ws.sendAsync(new Text("x".repeat(10_000)));
      }

      assertThat(end.join().code()).isEqualTo(1011);
    }
  }

  @Test
  void leavesTheOtherConnectionsAlone() {
    try (var server =
            start(ws -> {
              for (Message message : ws) {
                if (message.text().equals("throw")) throw new IOException("asked to");
                ws.send(message);
              }
            });
        var good = WebSocket.connect(server.address());
        var bad = WebSocket.connect(server.address())) {
      bad.send("throw");
      assertThat(bad.run().code()).isEqualTo(1011);

      good.send("still served");

      assertThat(good.receive()).isEqualTo(new Text("still served"));
    }
  }

  @Test
  void closesWith1000WhenItReturns() {
    try (var server = start(ws -> ws.send("only this"));
        var ws = WebSocket.connect(server.address())) {
      assertThat(ws.receive()).isEqualTo(new Text("only this"));
      assertThat(ws.receive()).isNull();
      assertThat(ws.closed()).extracting(Closed::code).isEqualTo(1000);
    }
  }

  @Test
  void endsQuietlyWhenItSendsToAPeerThatIsGone() throws InterruptedException {
    try (var server =
        start(ws -> {
          reporting(ws).receive();
          while (true) ws.send("to nobody");
        })) {
      WebSocket ws = WebSocket.connect(server.address());
      ws.send("go");
      ws.close();

      assertThat(Soon.next(events)).isEqualTo("closed by PEER");
      assertThat(log.text()).isEmpty();
    }
  }

  @Test
  void getsWhatItSentBeforeItReturnedToThePeer() {
    try (var server =
            start(ws -> {
              for (int i = 0; i < 300; i++) ws.send("x".repeat(10_000));
            });
        var ws = WebSocket.connect(server.address())) {
      int received = 0;
      while (ws.receive() != null) received++;

      assertThat(received).isEqualTo(300);
    }
  }

  private static WebSocketServer start(WebSocketHandler handler) {
    return WebSocketServer.at("127.0.0.1:0").route("/", handler).start();
  }

  private WebSocket reporting(WebSocket ws) {
    return ws.onError(events::add).onClose(how -> events.add("closed by " + how.by()));
  }

  private static void throwAfterOne(WebSocket ws, Throwable thrown) throws Exception {
    ws.receive();
    if (thrown instanceof Error error) throw error;
    throw (Exception) thrown;
  }
}
