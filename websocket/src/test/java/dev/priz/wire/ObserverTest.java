package dev.priz.wire;

import static dev.priz.wire.Wire.MASKED_CLOSE;
import static dev.priz.wire.Wire.MASKED_HELLO;
import static dev.priz.wire.Wire.ascii;
import static dev.priz.wire.Wire.request;
import static dev.priz.wire.Wire.wire;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.CloseRecord;
import dev.priz.CloseRecord.Cause;
import dev.priz.ConnectionObserver;
import dev.priz.ConnectionOptions;
import dev.priz.RefusalRecord;
import dev.priz.WebSocket;
import dev.priz.WebSocketServer;
import dev.priz.micrometer.PrizMetrics;
import dev.priz.protocol.Closed.By;
import dev.priz.protocol.Timeouts;
import dev.priz.protocol.Violation;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What observers learn of connections, and what meters count. */
class ObserverTest {
  private static final byte[] RESERVED_OPCODE = wire("83 80 00 00 00 00");

  private final BlockingQueue<CloseRecord> closed = new LinkedBlockingQueue<>();
  private final BlockingQueue<RefusalRecord> refused = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> slow = new LinkedBlockingQueue<>();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final BlockingQueue<Consumer<WebSocket>> onText = new LinkedBlockingQueue<>();
  @AutoClose private WebSocketServer server;

  private final class Noting implements ConnectionObserver {
    @Override
    public void closed(WebSocket ws, CloseRecord record) {
      closed.add(record);
    }

    @Override
    public void refused(RefusalRecord record) {
      refused.add(record);
    }

    @Override
    public void callbackWasSlow(String path, Duration took) {
      slow.add(path + (took.toMillis() > 100 ? " over" : " under") + " 100 ms");
    }
  }

  @BeforeEach
  void start() {
    Timeouts timeouts =
        Timeouts.DEFAULT
            .keepAlive(Duration.ofMillis(200), Duration.ofMillis(200))
            .closing(Duration.ofMillis(200), Duration.ofSeconds(1));
    server =
        WebSocketServer.at("127.0.0.1:0")
            .observe(new PrizMetrics(registry))
            .observe(new Noting())
            .options(ConnectionOptions.DEFAULT.timeouts(timeouts))
            .callbacks("/", ws -> ws.onText(text -> onText.remove().accept(ws)))
            .start();
  }

  @Test
  void tellsThatThePeerClosed() throws Exception {
    try (var peer = RawSocket.open(server, "/?token=secret")) {
      peer.send(MASKED_CLOSE).readToEnd();

      CloseRecord record = next(closed);

      assertThat(record.cause()).isEqualTo(Cause.PEER);
      assertThat(record.path()).isEqualTo("/");
      assertThat(record.closed().code()).isEqualTo(1000);
      assertThat(record.limit()).isNull();
      assertThat(record.peer()).hasToString("/127.0.0.1:" + peer.port());
      assertThat(record.lasted()).isPositive();
      assertThat(record.toString()).doesNotContain("secret");
    }
  }

  @Test
  void tellsWhichRuleAndLimitThePeerBroke() throws Exception {
    try (var peer = RawSocket.open(server, "/")) {
      peer.send(wire("82 ff 0000000000100001 00000000")).readToEnd();

      CloseRecord record = next(closed);

      assertThat(record.cause()).isEqualTo(Cause.VIOLATION);
      assertThat(record.closed().code()).isEqualTo(1009);
      assertThat(record.closed().by()).isEqualTo(By.THIS_END);
      assertThat(record.closed().violation()).isEqualTo(Violation.MESSAGE_TOO_BIG);
      assertThat(record.limit()).isEqualTo("maxMessageBytes");
      assertThat(record.toString())
          .contains("message too big (RFC 6455 §7.4.1), limit maxMessageBytes");
    }
  }

  @Test
  void tellsThatTheApplicationClosed() throws Exception {
    onText.add(ws -> ws.closeAsync(4000, "enough"));

    CloseRecord record = afterHello(MASKED_CLOSE);

    assertThat(record.cause()).isEqualTo(Cause.THIS_END);
    assertThat(record.closed().by()).isEqualTo(By.THIS_END);
  }

  @Test
  void tellsThatThePeerDidNotAnswer() throws Exception {
    onText.add(ws -> ws.closeAsync(4000, "enough"));

    CloseRecord record = afterHello();

    assertThat(record.cause()).isEqualTo(Cause.UNANSWERED);
    assertThat(record.closed().sent().code()).isEqualTo(4000);
  }

  @Test
  void tellsThatThePeerIsSilent() throws Exception {
    onText.add(ws -> {});

    CloseRecord record = afterHello();

    assertThat(record.cause()).isEqualTo(Cause.SILENT_PEER);
    assertThat(record.limit()).isEqualTo("pongTimeout");
  }

  @Test
  void tellsThatACallbackThrew() throws Exception {
    onText.add(ws -> {
      throw new IllegalStateException("a bug");
    });

    try (var log = LogCapture.start()) {
      assertThat(afterHello(MASKED_CLOSE).cause()).isEqualTo(Cause.THROWN);
      assertThat(log.text()).contains("a bug");
    }
  }

  @Test
  void tellsThatTheApplicationGaveUp() throws Exception {
    onText.add(WebSocket::abort);

    assertThat(afterHello().cause()).isEqualTo(Cause.ABORTED);
  }

  @Test
  @DisplayName("FR-27 closes with 1003 for binary where only text is taken")
  void tellsThatAMessageWasNotTaken() throws Exception {
    try (var peer = RawSocket.open(server, "/")) {
      peer.send(Wire.maskedBinary(Wire.bytes(5)), MASKED_CLOSE).readToEnd();

      CloseRecord record = next(closed);

      assertThat(record.cause()).isEqualTo(Cause.THIS_END);
      assertThat(record.closed().sent().code()).isEqualTo(1003);
    }
  }

  @Test
  void anObserverThatThrowsChangesNothing() throws Exception {
    ConnectionObserver throwing =
        new ConnectionObserver() {
          @Override
          public void opened(WebSocket ws) {
            throw new IllegalStateException("a bug of an observer's");
          }
        };
    try (var log = LogCapture.start();
        var observed =
            WebSocketServer.at("127.0.0.1:0")
                .observe(throwing)
                .callbacks("/", ws -> ws.onText(ws::send))
                .start();
        var peer = RawSocket.open(observed, "/")) {
      peer.send(MASKED_HELLO);

      assertThat(peer.read(7)).isEqualTo(Wire.HELLO);
      assertThat(log.text()).contains("a bug of an observer's");
    }
  }

  @Test
  void tellsThatTheConnectionWasLost() throws Exception {
    try (var peer = RawSocket.open(server, "/")) {
      peer.reset();

      assertThat(next(closed).cause()).isEqualTo(Cause.LOST);
    }
  }

  @Test
  void tellsThatThePeerTookNothing() throws Exception {
    onText.add(ws -> {
      while (ws.isOpen()) ws.send(Wire.bytes(100_000));
    });

    CloseRecord record = afterHello();

    assertThat(record.cause()).isEqualTo(Cause.SLOW_PEER);
    assertThat(record.closed().code()).isEqualTo(1013);
    assertThat(record.droppedBytes()).isGreaterThan(500_000);
    assertThat(registry.counter("priz.output.dropped").count()).isGreaterThan(500_000);
  }

  @Test
  void tellsWhoWasNotLetIn() throws Exception {
    try (var peer = RawSocket.to(server.port())) {
      peer.send(request("/?token=secret", "Origin: https://evil.example\r\n")).readToEnd();
    }
    try (var peer = RawSocket.to(server.port())) {
      peer.send(ascii("\u0001\u0002 what\r\n\r\n")).readToEnd();
    }

    RefusalRecord foreign = next(refused);
    RefusalRecord malformed = next(refused);

    assertThat(foreign.status()).isEqualTo(403);
    assertThat(foreign.path()).isEqualTo("/");
    assertThat(foreign).asString().startsWith("/ from /127.0.0.1:");
    assertThat(foreign.reason()).contains("OriginPolicy.allow").doesNotContain("secret");
    assertThat(malformed.status()).isEqualTo(400);
    assertThat(malformed.path()).isNull();
    assertThat(malformed).asString().startsWith("a connection from /127.0.0.1:");
    assertThat(registry.counter("priz.handshakes.refused", "status", "403").count()).isOne();
  }

  @Test
  void tellsOfSlowCallbacksEachTime() throws Exception {
    Consumer<WebSocket> busy =
        ws -> {
          long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(101);
          while (System.nanoTime() - end < 0) Thread.onSpinWait();
        };
    onText.add(busy);
    onText.add(busy);

    try (var log = LogCapture.start();
        var peer = RawSocket.open(server, "/")) {
      peer.send(MASKED_HELLO);
      assertThat(next(slow)).isEqualTo("/ over 100 ms");
      peer.send(MASKED_HELLO);
      assertThat(next(slow)).isEqualTo("/ over 100 ms");
      peer.send(MASKED_CLOSE).readToEnd();
      assertThat(log.text()).isEmpty();
    }
    assertThat(registry.timer("priz.callbacks.slow").count()).isEqualTo(2);
  }

  @Test
  void countsWhatIsOpenAndWhyItClosed() throws Exception {
    try (var peer = RawSocket.open(server, "/")) {
      assertThat(registry.get("priz.connections.open").gauge().value()).isOne();
      peer.send(RESERVED_OPCODE).readToEnd();
      next(closed);
    }
    try (var peer = RawSocket.open(server, "/")) {
      peer.send(wire("88 82 00 00 00 00 10 1d")).readToEnd();
      next(closed);
    }

    assertThat(registry.get("priz.connections.open").gauge().value()).isZero();
    assertThat(registry.counter("priz.connections.opened").count()).isEqualTo(2);
    assertThat(registry.timer("priz.connections.lasted").count()).isEqualTo(2);
    assertThat(closedWith("VIOLATION", "1002", "RESERVED_OPCODE")).isOne();
    assertThat(closedWith("PEER", "4xxx", "none")).isOne();
  }

  private double closedWith(String cause, String code, String violation) {
    String[] tags = {"cause", cause, "code", code, "violation", violation, "limit", "none"};
    return registry.get("priz.connections.closed").tags(tags).counter().count();
  }

  private CloseRecord afterHello(byte[]... further) throws Exception {
    try (var peer = RawSocket.open(server, "/")) {
      peer.send(MASKED_HELLO);
      peer.send(further);
      return next(closed);
    }
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(15, TimeUnit.SECONDS);
    assertThat(next).as("a record within 15 s").isNotNull();
    return next;
  }
}
