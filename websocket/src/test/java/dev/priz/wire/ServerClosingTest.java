package dev.priz.wire;

import static dev.priz.wire.Wire.CLOSE;
import static dev.priz.wire.Wire.MASKED_CLOSE;
import static dev.priz.wire.Wire.MASKED_HELLO;
import static dev.priz.wire.Wire.join;
import static dev.priz.wire.Wire.maskedText;
import static dev.priz.wire.Wire.repeat;
import static dev.priz.wire.Wire.text;
import static dev.priz.wire.Wire.wire;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.Transport;
import dev.priz.WebSocket;
import dev.priz.WebSocketServer;
import dev.priz.protocol.Timeouts;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** How our server ends a connection, as its peer sees it. */
@ParameterizedClass
@MethodSource("dev.priz.wire.Transports#working")
class ServerClosingTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final byte[] UNMASKED_HELLO = Wire.HELLO;
  private static final byte[] CLOSE_1002_START = wire("88 1e 03 ea");

  private final Events events = new Events();
  private final Transport transport;
  private Timeouts timeouts = Timeouts.DEFAULT;
  private WebSocketServer server;

  ServerClosingTest(Transport transport) {
    this.transport = transport;
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void answersAndEndsTheStreamFirst() throws Exception {
    try (var peer = open()) {
      peer.send(MASKED_CLOSE);

      assertThat(peer.readToEnd()).isEqualTo(CLOSE);
      assertThat(peer.wasReset()).isFalse();
    }
    assertThat(events.toClose()).containsExactly("open", "close 1000");
  }

  @Test
  void cl04AnswersAnEmptyCloseWithAnEmptyOne() throws Exception {
    try (var peer = open()) {
      peer.send(wire("88 80 00 00 00 00"));

      assertThat(peer.readToEnd()).isEqualTo(wire("88 00"));
    }
    assertThat(events.toClose()).containsExactly("open", "close 1005");
  }

  @Test
  @DisplayName("TL-03 answers a peer that has ended its half")
  void answersAPeerThatHasEndedItsHalf() throws Exception {
    try (var peer = open()) {
      peer.send(MASKED_CLOSE).end();

      assertThat(peer.readToEnd()).isEqualTo(CLOSE);
      assertThat(events.toClose()).containsExactly("open", "close 1000");
    }
  }

  @Test
  void aPeerThatEndsItsHalfWithoutACloseHasLeft() throws Exception {
    try (var peer = open()) {
      peer.end();

      assertThat(peer.readToEnd()).isEmpty();
      assertThat(events.toClose()).containsExactly("open", "close 1006");
    }
  }

  @Test
  void sendsCodeAndReasonAfterAllThatWasSentBefore() throws Exception {
    try (var peer = open()) {
      peer.send(maskedText("leave"));

      byte[] closeFrame = wire("88 05 0f a0 62 79 65");
      assertThat(peer.read(12)).isEqualTo(join(text("bye!"), Arrays.copyOf(closeFrame, 6)));
      peer.send(MASKED_CLOSE);
      assertThat(peer.readToEnd()).isEqualTo(wire("65"));
    }
    assertThat(events.toClose()).containsExactly("open", "text leave", "close 1000");
  }

  @Test
  void receivesWhatComesBeforeTheAnswerToItsClose() throws Exception {
    try (var peer = open()) {
      peer.send(maskedText("leave"), MASKED_HELLO, MASKED_CLOSE, maskedText("too late"));

      peer.readToEnd();
    }
    assertThat(events.toClose()).containsExactly("open", "text leave", "text Hello", "close 1000");
  }

  @Test
  void cl09CutsOffAPeerThatNeverAnswers() throws Exception {
    timeouts = timeouts.closing(SHORT, SHORT);
    try (var peer = open()) {
      peer.send(maskedText("leave"));

      assertThat(peer.readToEnd()).hasSize(6 + 7);
      assertThat(events.toClose()).containsExactly("open", "text leave", "close 1006");
    }
  }

  @Test
  void cl09CutsOffAPeerThatAnswersButNeverEndsTheStream() throws Exception {
    timeouts = timeouts.closing(Duration.ofSeconds(5), SHORT);
    try (var peer = open()) {
      peer.send(MASKED_CLOSE);

      assertThat(events.toClose()).containsExactly("open", "close 1000");
    }
  }

  @Test
  void cl10IgnoresWhatComesAfterTheClose() throws Exception {
    try (var peer = open()) {
      peer.send(MASKED_CLOSE);
      peer.sendUntilRefused(repeat(10_000, join(MASKED_CLOSE, MASKED_HELLO)), 20);

      assertThat(peer.readToEnd()).isEqualTo(CLOSE);
    }
    assertThat(events.toClose()).containsExactly("open", "close 1000");
  }

  @Test
  void cl11BothCloseAtOnce() throws Exception {
    try (var peer = open()) {
      peer.send(join(maskedText("leave"), MASKED_CLOSE));

      assertThat(peer.readToEnd()).isEqualTo(join(text("bye!"), wire("88 05 0f a0 62 79 65")));
    }
    assertThat(events.toClose()).containsExactly("open", "text leave", "close 1000");
  }

  @Test
  void fr33TheCloseReachesAPeerThatHas100MoreMiBToSend() throws Exception {
    try (var peer = open()) {
      byte[] flood = new byte[1 << 20];
      var sending =
          new FutureTask<>(() -> {
            peer.send(UNMASKED_HELLO);
            peer.sendUntilRefused(flood, 100);
            return true;
          });
      Thread.ofVirtual().start(sending);

      assertThat(peer.read(4)).isEqualTo(CLOSE_1002_START);
      assertThat(sending.get(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(events.toClose()).containsExactly("open", "error", "close 1002");
  }

  @Test
  void fr33TheCloseReachesAPeerThatReadsOnlyAfterSending() throws Exception {
    try (var peer = open()) {
      peer.send(join(UNMASKED_HELLO, new byte[60 * 1024]));

      assertThat(peer.readToEnd()).startsWith(CLOSE_1002_START).hasSize(32);
      assertThat(peer.wasReset()).isFalse();
    }
    assertThat(events.toClose()).containsExactly("open", "error", "close 1002");
  }

  @Test
  void stoppingClosesWith1001() throws Exception {
    try (var peer = open()) {
      var stopping = Thread.ofPlatform().start(server::close);

      assertThat(peer.read(4)).startsWith(0x88, 14, 0x03, 0xe9);
      peer.send(MASKED_CLOSE).end();
      peer.readToEnd();
      assertThat(stopping.join(Duration.ofSeconds(10))).isTrue();
    }
    assertThat(events.toClose()).containsExactly("open", "close 1000");
  }

  @Test
  void stoppingAmidMessagesIsNoNoise() throws Exception {
    timeouts = timeouts.closing(SHORT, SHORT);
    try (var log = LogCapture.start()) {
      try (var peer = open()) {
        var sending = new FutureTask<>(() -> peer.sendUntilRefused(MASKED_HELLO, 100_000), true);
        Thread.ofVirtual().start(sending);
        assertThat(peer.read(7)).isEqualTo(Wire.HELLO);

        var stopping = Thread.ofPlatform().start(server::close);
        assertThat(peer.readToEnd()).isNotEmpty();
        assertThat(sending.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(stopping.join(Duration.ofSeconds(10))).isTrue();
      }
      assertThat(log.text()).isEmpty();
    }
  }

  @Test
  void closeFramesWaitForTheLoopThatAnswersTheMessagesBefore() throws Exception {
    var closeSent = new CountDownLatch(1);
    server =
        WebSocketServer.at("127.0.0.1:0")
            .transport(transport)
            .route(
                "/",
                ws -> {
                  assertThat(closeSent.await(10, TimeUnit.SECONDS)).isTrue();
                  ws.forEach(ws::send);
                })
            .start();
    try (var peer = RawSocket.open(server, "/")) {
      peer.send(MASKED_HELLO, maskedText("again"), MASKED_CLOSE);
      closeSent.countDown();

      assertThat(peer.readToEnd()).isEqualTo(join(Wire.HELLO, text("again"), CLOSE));
    }
  }

  private RawSocket open() throws Exception {
    server =
        WebSocketServer.at("127.0.0.1:0")
            .transport(transport)
            .timeouts(timeouts)
            .callbacks("/", this::converse)
            .start();
    return RawSocket.open(server, "/");
  }

  private void converse(WebSocket ws) {
    events.watch(ws);
    ws.onText(text -> {
      events.add("text " + text);
      if (text.equals("leave")) {
        ws.send("bye!");
        ws.close(4000, "bye");
      } else {
        ws.send(text);
      }
    });
  }
}
