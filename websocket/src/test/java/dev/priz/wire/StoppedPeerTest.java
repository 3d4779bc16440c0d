package dev.priz.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.WebSocketServer;
import dev.priz.protocol.Timeouts;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A peer whose process stands still: its TCP is alive and well, and nobody is at home. */
final class StoppedPeerTest {
  private final Events events = new Events();

  @Test
  @DisplayName("TL-05 a stopped peer is given up, and sees that when it goes on")
  void aStoppedPeerIsGivenUp() throws Exception {
    Duration ping = Duration.ofSeconds(2);
    Duration pong = Duration.ofSeconds(3);
    try (var server =
        WebSocketServer.at("127.0.0.1:0")
            .timeouts(Timeouts.DEFAULT.keepAlive(ping, pong))
            .callbacks("/", events::watch)
            .start()) {
      Process peer = start(server.port());
      try (BufferedReader said = peer.inputReader(UTF_8)) {
        assertThat(said.readLine()).isEqualTo("open");
        assertThat(events.next()).isEqualTo("open");
        long startNanos = System.nanoTime();
        signal("STOP", peer);

        assertThat(events.toClose()).endsWith("close 1011");
        // The last sign of life may have been an answer to a ping just before.
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos))
            .isLessThan(ping.plus(pong).plusSeconds(5));

        signal("CONT", peer);
        assertThat(said.readLine()).startsWith("ended");
        assertThat(peer.waitFor(20, TimeUnit.SECONDS)).isTrue();
      } finally {
        peer.destroyForcibly();
      }
    }
  }

  @Test
  @DisplayName("TL-05 by default a stopped peer is given up after 25 s + 20 s")
  void theDefaultIs45Seconds() {
    assertThat(Timeouts.DEFAULT.pingInterval().plus(Timeouts.DEFAULT.pongTimeout()))
        .isEqualTo(Duration.ofSeconds(45));
  }

  private static Process start(int port) throws Exception {
    var place = StoppedPeer.class.getProtectionDomain().getCodeSource().getLocation();
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "-cp",
            Path.of(place.toURI()).toString(),
            StoppedPeer.class.getName(),
            "ws://127.0.0.1:" + port + "/")
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void signal(String name, Process to) throws Exception {
    var kill = new ProcessBuilder("kill", "-" + name, String.valueOf(to.pid())).inheritIO().start();
    assertThat(kill.waitFor()).isZero();
  }
}
