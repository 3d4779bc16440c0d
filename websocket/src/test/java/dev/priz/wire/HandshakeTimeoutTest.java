package dev.priz.wire;

import static dev.priz.wire.Wire.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.Decision;
import dev.priz.WebSocketServer;
import dev.priz.WebSocketServerBuilder;
import dev.priz.protocol.Response;
import dev.priz.protocol.Timeouts;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Clients that take too long on their way in; the time-out of the handshake is shortened to 300 ms.
 */
class HandshakeTimeoutTest {
  private static final Timeouts SHORT = Timeouts.DEFAULT.handshake(Duration.ofMillis(300));
  private static final Duration SOON = Duration.ofSeconds(5);

  private final Events events = new Events();
  private final long startNanos = System.nanoTime();

  @Test
  void aClientThatSaysNothingIsCutOff() throws Exception {
    try (var server = server().start();
        var peer = RawSocket.to(server.port())) {
      assertThat(peer.readToEnd()).isEmpty();
      assertThat(elapsed()).isBetween(Duration.ofMillis(250), SOON);
    }
  }

  @Test
  void hs25ARequestInDripsIsCutOffAfterTheWholeTime() throws Exception {
    try (var server = server().start();
        var peer = RawSocket.to(server.port())) {
      peer.send("GET / HTTP/1.1\r\n");
      dripUntilCutOff(peer, "X: y\r\n");

      assertThat(elapsed()).isBetween(Duration.ofMillis(250), SOON);
      assertThat(events.rest()).isEmpty();
    }
  }

  @Test
  void aBodyInDripsGets408() throws Exception {
    try (var server = server().http((request, body) -> Response.of(200)).start();
        var peer = RawSocket.to(server.port())) {
      peer.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nsome");

      assertThat(peer.readTextToEnd()).startsWith("HTTP/1.1 408 ");
    }
  }

  @Test
  void anIdlePlainConnectionIsCutOff() throws Exception {
    try (var server = server().http((request, body) -> Response.of(200)).start();
        var peer = RawSocket.to(server.port())) {
      peer.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");

      assertThat(peer.readTextToEnd()).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void hs35ADecisionThatNeverComesGives503AndIsCancelled() throws Exception {
    var never = new CompletableFuture<Decision>();
    try (var server = server().handshakeAsync(handshake -> never).start();
        var peer = RawSocket.to(server.port())) {
      peer.send(request("/"));

      assertThat(peer.readTextToEnd()).startsWith("HTTP/1.1 503 ");
      assertThat(never).isCancelled();
      assertThat(events.rest()).isEmpty();
    }
  }

  @Test
  void hs35AHookThatBlocksIsInterrupted() throws Exception {
    var interrupted = new CompletableFuture<Boolean>();
    try (var server =
            server()
                .handshake(handshake -> {
                  try {
                    new CompletableFuture<Boolean>().get();
                  } catch (Exception expected) {
                    interrupted.complete(expected instanceof InterruptedException);
                  }
                  return Decision.accept();
                })
                .start();
        var peer = RawSocket.to(server.port())) {
      peer.send(request("/"));

      assertThat(peer.readTextToEnd()).startsWith("HTTP/1.1 503 ");
      assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
      assertThat(events.rest()).isEmpty();
    }
  }

  @Test
  void aConnectionOutlivesTheTimeoutOfItsHandshake() throws Exception {
    try (var server = server().start();
        var peer = RawSocket.open(server, "/");
        var silent = RawSocket.to(server.port())) {
      assertThat(silent.readToEnd()).isEmpty();

      peer.send(Wire.MASKED_HELLO, Wire.MASKED_CLOSE);
      assertThat(peer.readToEnd()).isEqualTo(Wire.CLOSE);
    }
  }

  @Test
  void aLastAnswerThatNobodyReadsDoesNotHoldTheConnection() throws Exception {
    byte[] page = new byte[16 << 20];
    try (var server =
            server().http((request, body) -> Response.of(200, "text/plain", page)).start();
        var peer = RawSocket.to(server.port(), 4_096)) {
      peer.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      dripUntilCutOff(peer, "more");

      assertThat(elapsed()).isBetween(Duration.ofMillis(250), SOON);
    }
  }

  private WebSocketServerBuilder server() {
    return WebSocketServer.at("127.0.0.1:0").timeouts(SHORT).callbacks("/", events::watch);
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  // Sends a little every ten milliseconds until the peer has gone.
  private void dripUntilCutOff(RawSocket peer, String drip) throws Exception {
    try {
      while (elapsed().compareTo(SOON) < 0) {
        peer.send(drip);
        new CompletableFuture<Void>().completeOnTimeout(null, 10, TimeUnit.MILLISECONDS).join();
      }
    } catch (IOException cutOff) {
      assertThat(cutOff).isInstanceOf(SocketException.class);
    }
  }
}
