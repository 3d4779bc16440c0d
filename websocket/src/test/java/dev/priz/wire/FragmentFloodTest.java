package dev.priz.wire;

import static dev.priz.wire.Wire.join;
import static dev.priz.wire.Wire.repeat;
import static dev.priz.wire.Wire.wire;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.ServerLimits;
import dev.priz.WebSocketServer;
import dev.priz.protocol.Limits;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Messages in more fragments, and of more bytes, than there may be. */
class FragmentFloodTest {
  private static final byte[] BEGIN = wire("02 81 00000000 61");
  private static final byte[] MORE = wire("00 81 00000000 61");

  private final Events events = new Events();
  private WebSocketServer server;

  @BeforeEach
  void start() {
    // A budget that more than 64 KiB for one message would break.
    server =
        WebSocketServer.at("127.0.0.1:0")
            .limits(ServerLimits.DEFAULT.maxInboundBytes(Limits.DEFAULT.maxMessageBytes() + 1))
            .callbacks("/", events::watch)
            .start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  @DisplayName("RS-03 ends 110 continuations of 100 KB with 1009 once they are over the limit")
  void endsTooManyBytes() throws Exception {
    byte[] fragment = join(wire("00 ff 0000000000019000 00000000"), new byte[0x19000]);
    try (var peer = RawSocket.open(server, "/")) {
      peer.sendUntilRefused(BEGIN, 1);
      peer.sendUntilRefused(fragment, 110);

      assertThat(peer.readToEnd()).startsWith(0x88).containsSequence(0x03, 0xf1);
    }
    assertThat(events.toClose()).containsExactly("open", "error", "close 1009");
  }

  @Test
  @DisplayName("RS-04 ends 131,000 continuations of one byte with 1009 after 1,024")
  void endsTooManyFragments() throws Exception {
    try (var peer = RawSocket.open(server, "/")) {
      peer.sendUntilRefused(BEGIN, 1);
      peer.sendUntilRefused(repeat(1_000, MORE), 131);

      assertThat(peer.readToEnd()).startsWith(0x88).containsSequence(0x03, 0xf1);
    }
    assertThat(events.toClose()).containsExactly("open", "error", "close 1009");
  }

  @Test
  @DisplayName("RS-05 ends continuations without a byte with 1009 after 1,024")
  void endsTooManyEmptyFragments() throws Exception {
    try (var peer = RawSocket.open(server, "/")) {
      peer.sendUntilRefused(BEGIN, 1);
      peer.sendUntilRefused(repeat(1_000, wire("00 80 00000000")), 100);

      assertThat(peer.readToEnd()).startsWith(0x88).containsSequence(0x03, 0xf1);
    }
    assertThat(events.toClose()).containsExactly("open", "error", "close 1009");
  }

  @Test
  @DisplayName("RS-06 holds no more than twice what 100 peers have sent of 1 MiB in single bytes")
  void holdsWhatHasCome() throws Exception {
    Deque<RawSocket> peers = new ArrayDeque<>();
    byte[] frame = join(wire("82 ff 0000000000100000 00000000"), new byte[4_000]);
    try {
      for (int i = 0; i < 100; i++) peers.add(RawSocket.open(server, "/"));
      // 100 × 4,000 bytes, each of which may be held twice, are within the budget of 1 MiB.
      for (int from = 0; from < frame.length; from++) {
        byte[] single = Arrays.copyOfRange(frame, from, from + 1);
        for (RawSocket peer : peers) peer.send(single);
      }
      try (var other = RawSocket.open(server, "/")) {
        other.send(Wire.MASKED_HELLO);
      }
      assertThat(server.connections()).hasSizeGreaterThanOrEqualTo(100);
    } finally {
      for (RawSocket peer : peers) peer.close();
    }
  }
}
