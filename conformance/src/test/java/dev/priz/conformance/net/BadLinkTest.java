package dev.priz.conformance.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.WebSocketServer;
import dev.priz.protocol.Timeouts;
import java.io.BufferedReader;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server here and a client in another network namespace, with a bad link between them. */
final class BadLinkTest {
  private static final Duration PING = Duration.ofSeconds(2);
  private static final Duration PONG = Duration.ofSeconds(3);
  // For a busy machine.
  private static final Duration SLACK = Duration.ofSeconds(5);

  @Test
  @DisplayName("TL-04 both ends find out that the link is down, though nobody tells them")
  void bothEndsFindOutThatTheLinkIsDown() throws Exception {
    var ended = new CompletableFuture<Integer>();
    try (var network = Network.open();
        var server =
            WebSocketServer.at(network.address() + ":0")
                .timeouts(Timeouts.DEFAULT.keepAlive(PING, PONG))
                .callbacks("/", ws -> ws.onClose(closed -> ended.complete(closed.code())))
                .start()) {
      Process peer = network.start("wait", server.address() + "/", millis(PING), millis(PONG));
      try (BufferedReader said = peer.inputReader(UTF_8)) {
        assertThat(said.readLine()).isEqualTo("open");
        long startNanos = System.nanoTime();

        network.cut();

        assertThat(ended.get(30, TimeUnit.SECONDS)).isEqualTo(1011);
        assertThat(said.readLine()).isEqualTo("closed 1011");
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos))
            .isLessThan(PING.plus(PONG).plus(SLACK));
      } finally {
        peer.destroyForcibly().waitFor();
      }
    }
  }

  @Test
  @DisplayName("TL-04 by default that takes 25 s + 20 s at most")
  void theDefaultIs45Seconds() {
    assertThat(Timeouts.DEFAULT.pingInterval().plus(Timeouts.DEFAULT.pongTimeout()))
        .isLessThanOrEqualTo(Duration.ofSeconds(45));
  }

  @Test
  @DisplayName("A good link is one")
  void aGoodLinkIsOne() throws Exception {
    try (var network = Network.open()) {
      assertThat(echo(network, 2_000)).isEqualTo("in order");
    }
  }

  @Test
  @Timeout(240)
  @DisplayName("TL-06 loss, delay, mixed order and duplicates change nothing")
  void aLossyLinkChangesNothing() throws Exception {
    try (var network = Network.open(new RoughLink.Faults(200, 50, 0.05, 0.02))) {
      assertThat(echo(network, 500)).isEqualTo("in order");

      RoughLink link = network.link();
      System.out.println("rough link: " + link);
      assertThat(link.lost()).isPositive();
      assertThat(link.doubled()).isPositive();
      assertThat(link.overtaken()).isPositive();
    }
  }

  // What the client says of so many messages there and back.
  private static String echo(Network network, int count) throws Exception {
    try (var server =
        WebSocketServer.at(network.address() + ":0")
            .callbacks("/", ws -> ws.onText(ws::send))
            .start()) {
      Process peer = network.start("echo", server.address() + "/", String.valueOf(count));
      try (BufferedReader said = peer.inputReader(UTF_8)) {
        return said.readLine();
      } finally {
        peer.destroyForcibly().waitFor();
      }
    }
  }

  private static String millis(Duration time) {
    return String.valueOf(time.toMillis());
  }
}
