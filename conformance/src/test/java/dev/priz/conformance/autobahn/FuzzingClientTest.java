package dev.priz.conformance.autobahn;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FuzzingClientTest {
  @Test
  void givesUpOnAServerThatKeepsItTooLong() throws Exception {
    try (var mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      URI server = URI.create("ws://127.0.0.1:" + mute.getLocalPort());

      assertThatThrownBy(() -> FuzzingClient.run("mute", server, Cases.ALL, Duration.ofSeconds(1)))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining(
              "autobahn mute: 0 of 301 cases, at no case yet: did not end in 1 s");
    }
  }
}
