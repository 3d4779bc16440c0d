package dev.priz.wire;

import static dev.priz.wire.Wire.HELLO;
import static dev.priz.wire.Wire.MASKED_HELLO;
import static dev.priz.wire.Wire.join;
import static dev.priz.wire.Wire.wire;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.WebSocketClient;
import dev.priz.WebSocketServer;
import dev.priz.protocol.Timeouts;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Frames that break the rules, sent to our server and, without their masks, to our client, in
 * segments of all kinds: the Close frame tells the rule's code, nothing reaches the application,
 * and the connection ends once.
 */
class BrokenFrameTest {
  // So long that a peer which a busy machine holds up is not cut off.
  static final Timeouts PATIENT =
      Timeouts.DEFAULT.closing(Duration.ofSeconds(20), Duration.ofSeconds(20));
  private static final Events EVENTS = new Events();
  @AutoClose private static WebSocketServer server;
  @AutoClose private static WebSocketClient client;

  @BeforeAll
  static void start() {
    server =
        WebSocketServer.at("127.0.0.1:0").timeouts(PATIENT).callbacks("/", EVENTS::watch).start();
    client = WebSocketClient.builder().timeouts(PATIENT).build();
  }

  @AfterEach
  void nothingElseHasHappened() {
    assertThat(EVENTS.rest()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.priz.wire.FrameRows#broken")
  void failsTheConnectionToOurServer(String name, int code, String frames) throws Exception {
    for (byte[][] segments : Segments.all(wire(frames))) {
      try (var peer = RawSocket.open(server, "/")) {
        FrameRows.assertBreaks(peer, segments, code);
      }
      assertThat(EVENTS.toClose()).containsExactly("open", "error", "close " + code);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.priz.wire.FrameRows#brokenFromServers")
  void failsTheConnectionOfOurClient(String name, int code, String frames) throws Exception {
    List<byte[][]> ways = Segments.all(wire(frames));
    var next = new ConcurrentLinkedQueue<>(ways);
    try (var bad =
        RawServer.opening(peer -> {
          peer.send(next.remove());

          byte[] close = peer.read(8);
          assertThat(close[0]).isEqualTo((byte) 0x88);
          assertThat(unmask(close, 0) << 8 | unmask(close, 1)).isEqualTo(code);
          peer.sendUntilRefused(HELLO, 1);
          assertThat(peer.readToEnd()).hasSize((close[1] & 0x7f) - 2);
        })) {
      for (int i = 0; i < ways.size(); i++) {
        client.connect(bad.address(), EVENTS::watch);

        assertThat(EVENTS.toClose()).containsExactly("open", "error", "close " + code);
      }
    }
  }

  @ParameterizedTest(name = "FR-25 before {0}")
  @MethodSource("dev.priz.wire.FrameRows#broken")
  void deliversWhatCameBefore(String name, int code, String frames) throws Exception {
    byte[] stream = join(MASKED_HELLO, wire(frames), MASKED_HELLO);
    for (byte[][] segments : Segments.wholeAndSingle(stream)) {
      assertDelivered(segments, "text Hello", code);
    }
  }

  @Test
  @DisplayName("FR-25 delivers what came before garbage")
  void deliversWhatCameBeforeGarbage() throws Exception {
    byte[] garbage = wire("fe dc ba 98 76 54 32 10 00 ff");
    for (byte[][] segments : Segments.all(join(MASKED_HELLO, garbage, MASKED_HELLO))) {
      assertDelivered(segments, "text Hello", 1002);
    }
  }

  @Test
  @DisplayName("FR-17 refuses a message of 1,025 fragments")
  void refusesOneFragmentTooMany() throws Exception {
    for (byte[][] segments : Segments.all(FrameRows.fragments(1_025))) {
      try (var peer = RawSocket.open(server, "/")) {
        FrameRows.assertBreaks(peer, segments, 1009);
      }
      assertThat(EVENTS.toClose()).containsExactly("open", "error", "close 1009");
    }
  }

  private static void assertDelivered(byte[][] segments, String event, int code) throws Exception {
    try (var peer = RawSocket.open(server, "/")) {
      peer.send(segments);

      byte[] close = peer.readToEnd();
      assertThat((close[2] & 0xff) << 8 | (close[3] & 0xff)).isEqualTo(code);
    }
    assertThat(EVENTS.toClose()).containsExactly("open", event, "error", "close " + code);
  }

  // A byte of the payload of a short frame from a client.
  private static int unmask(byte[] frame, int index) {
    return (frame[6 + index] ^ frame[2 + index]) & 0xff;
  }
}
