package dev.priz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.protocol.Closed;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A message that the codec does not take ends its connection, and is the peer's fault. */
final class UndecodableMessageTest {
  private static final String ONE = "81 81 00000000 31";
  private static final String X = "81 81 00000000 78";
  private static final String BINARY = "82 81 00000000 31";
  private static final Codec<Integer> NUMBERS =
      Codec.text(String::valueOf, UndecodableMessageTest::number);

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

  /** Both ways to receive. */
  enum Style {
    LOOP,
    CALLBACKS
  }

  @ParameterizedTest
  @EnumSource
  void closesWith1007ForContentThatCannotBeDecoded(Style style) throws Exception {
    try (var server = start(style);
        var peer = RawPeer.open(server)) {
      peer.sendHex(X);

      assertClose(peer.receive(), 1007, "message cannot be decoded");
    }
  }

  @ParameterizedTest
  @EnumSource
  void closesWith1003ForAKindThatIsNotAccepted(Style style) throws Exception {
    try (var server = start(style);
        var peer = RawPeer.open(server)) {
      peer.sendHex(BINARY);

      assertClose(peer.receive(), 1003, "binary messages are not accepted");
      assertThat(Soon.next(events))
          .isInstanceOf(DecodingException.class)
          .extracting("message", "cause")
          .containsExactly("binary messages are not accepted", null);
    }
  }

  @ParameterizedTest
  @EnumSource
  void tellsOnErrorOnceAndNotTheLog(Style style) throws Exception {
    try (var server = start(style);
        var peer = RawPeer.open(server)) {
      peer.sendHex(X);

      assertThat(Soon.next(events))
          .isInstanceOf(DecodingException.class)
          .hasToString("dev.priz.DecodingException: a text message cannot be decoded")
          .extracting("cause")
          .isInstanceOf(IOException.class);
      assertThat(peer.receive().closeCode()).isEqualTo(1007);
      peer.sendHex("88 82 00000000 03ef");
      assertThat(Soon.next(events)).isEqualTo("closed by THIS_END");
      assertThat(events).isEmpty();
      assertThat(log.text()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void dropsWhatComesBehind(Style style) throws Exception {
    try (var server = start(style);
        var peer = RawPeer.open(server)) {
      peer.sendHex(ONE + X + ONE + X + BINARY);

      assertThat(peer.receive().closeCode()).isEqualTo(1007);
      peer.sendHex(ONE + "88 82 00000000 03ef");
      assertThat(Soon.next(events)).isEqualTo(1);
      assertThat(Soon.next(events)).isInstanceOf(DecodingException.class);
      assertThat(Soon.next(events)).isEqualTo("closed by THIS_END");
      assertThat(events).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void takesNullForAFailure(Style style) throws Exception {
    try (var server = start(style);
        var peer = RawPeer.open(server)) {
      peer.sendHex("81 84 00000000 6e756c6c");

      assertClose(peer.receive(), 1007, "message cannot be decoded");
    }
  }

  @ParameterizedTest
  @EnumSource
  void sendsFirstWhatWasSentBefore(Style style) throws Exception {
    try (var server = start(style, "early");
        var peer = RawPeer.open(server)) {
      peer.sendHex(X);

      assertThat(peer.receive().text()).isEqualTo("early");
      assertThat(peer.receive().closeCode()).isEqualTo(1007);
    }
  }

  @Test
  void isThrownByReceiveAndThenThereIsTheEnd() {
    try (var ends = Ends.open()) {
      TypedWebSocket<Integer> numbers = ends.client().as(NUMBERS);
      ends.server().send("x");
      ends.server().send("1");
      Threads.run(ends.server()::run);

      assertThatThrownBy(numbers::receive)
          .isInstanceOf(DecodingException.class)
          .hasMessage("a text message cannot be decoded")
          .hasCauseInstanceOf(IOException.class);
      assertThat(numbers.receive()).isNull();
      assertThat(ends.client().closed()).extracting(Closed::code).isEqualTo(1007);
    }
  }

  @Test
  void closesAClientsConnectionInACallbackToo() {
    try (var ends = Ends.open()) {
      ends.client().as(NUMBERS).onMessage(events::add);
      ends.server().send(new byte[1]);

      Closed how = ends.server().run();

      assertThat(how.code()).isEqualTo(1003);
      assertThat(how.by()).isEqualTo(Closed.By.PEER);
    }
  }

  @Test
  void readsOnThoughMuchIsLeftToReceive() {
    try (var ends = Ends.open()) {
      ends.server().send("x");
      var end =
          Threads.call(() -> {
            for (int i = 0; i < 100; i++) ends.server().send("1".repeat(10_000));
            return ends.server().run();
          });

      assertThatThrownBy(ends.client().as(NUMBERS)::receive).isInstanceOf(DecodingException.class);

      assertThat(end.handle((how, gone) -> ends.server().run()).join().code()).isEqualTo(1007);
    }
  }

  @Test
  void answersTheCloseFrameThatIsBehind() throws Exception {
    try (var server = start(Style.LOOP);
        var peer = RawPeer.open(server)) {
      peer.sendHex(X + "88 82 00000000 03e8");

      assertThat(peer.receive().head()).isEqualTo(0x88);
      assertThat(peer.isAtEnd()).isTrue();
      assertThat(Soon.next(events)).isInstanceOf(DecodingException.class);
    }
  }

  @Test
  void isToldToOnErrorThatComesLate() throws InterruptedException {
    try (var ends = Ends.open()) {
      ends.server().send("x");
      assertThatThrownBy(ends.client().as(NUMBERS)::receive).isInstanceOf(DecodingException.class);

      ends.client().onError(events::add);

      assertThat(Soon.next(events)).isInstanceOf(DecodingException.class);
    }
  }

  @Test
  void isAFaultOfTheHandlerIfItIsThatOfAnotherConnection() throws Exception {
    try (var ends = Ends.open();
        var server =
            serve(ws -> {
              reporting(ws);
              ends.server().as(NUMBERS).receive();
            });
        var ws = WebSocket.connect(server.address())) {
      ends.client().send("x");

      assertThat(ws.run().code()).isEqualTo(1011);
      assertThat(Soon.next(events)).isInstanceOf(DecodingException.class);
    }
  }

  @Test
  void leavesWhatTheCallbackThrowsTheCallbacksFault() throws Exception {
    try (var server =
            WebSocketServer.at("127.0.0.1:0")
                .callbacks("/", ws -> reporting(ws).as(NUMBERS).onMessage(number -> number(null)))
                .start();
        var ws = WebSocket.connect(server.address())) {
      ws.send("1");

      assertThat(ws.run().code()).isEqualTo(1011);
      assertThat(Soon.next(events)).isInstanceOf(NullPointerException.class);
    }
  }

  private WebSocketServer start(Style style, String... first) {
    return switch (style) {
      case LOOP ->
          serve(ws -> {
            Arrays.stream(first).forEach(reporting(ws)::send);
            for (int number : ws.as(NUMBERS)) events.add(number);
          });
      case CALLBACKS ->
          WebSocketServer.at("127.0.0.1:0")
              .callbacks(
                  "/",
                  ws -> {
                    Stream.of(first).forEach(reporting(ws)::send);
                    ws.as(NUMBERS).onMessage(events::add);
                  })
              .start();
    };
  }

  private static WebSocketServer serve(WebSocketHandler handler) {
    return WebSocketServer.at("127.0.0.1:0").route("/", handler).start();
  }

  private WebSocket reporting(WebSocket ws) {
    return ws.onError(events::add).onClose(how -> events.add("closed by " + how.by()));
  }

  private static void assertClose(RawPeer.Frame frame, int code, String reason) {
    assertThat(frame.head()).isEqualTo(0x88);
    assertThat(frame.closeCode()).isEqualTo(code);
    assertThat(new String(frame.payload(), 2, frame.payload().length - 2, UTF_8)).isEqualTo(reason);
  }

  // Throws a checked exception with what must not get to the peer.
  private static Integer number(String text) {
    if (text.equals("null")) return null;
    if (text.equals("x")) throw sneaky(new IOException("a secret of the decoder"));
    return Integer.valueOf(text.substring(0, 1));
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> RuntimeException sneaky(Throwable thrown) throws E {
    throw (E) thrown;
  }
}
