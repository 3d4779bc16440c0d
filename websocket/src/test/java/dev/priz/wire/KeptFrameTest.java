package dev.priz.wire;

import static dev.priz.wire.Wire.CLOSE;
import static dev.priz.wire.Wire.MASKED_CLOSE;
import static dev.priz.wire.Wire.hex;
import static dev.priz.wire.Wire.join;
import static dev.priz.wire.Wire.maskedBinary;
import static dev.priz.wire.Wire.wire;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.WebSocketServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Frames at the edge of the rules and of the limits, in segments of all kinds: all is delivered.
 */
class KeptFrameTest {
  private static final int MAX_MESSAGE_BYTES = 1 << 20;
  private static final Events EVENTS = new Events();
  @AutoClose private static WebSocketServer server;

  @BeforeAll
  static void start() {
    server =
        WebSocketServer.at("127.0.0.1:0")
            .timeouts(BrokenFrameTest.PATIENT)
            .callbacks("/", EVENTS::watch)
            .start();
  }

  @AfterEach
  void nothingElseHasHappened() {
    assertThat(EVENTS.rest()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.priz.wire.FrameRows#kept")
  void delivers(String name, List<String> events, String frames, String answer) throws Exception {
    for (byte[][] segments : Segments.all(wire(frames))) {
      try (var peer = RawSocket.open(server, "/")) {
        peer.send(segments);

        assertThat(hex(peer.readToEnd())).isEqualTo(hex(wire(answer)));
      }
      assertThat(EVENTS.toClose()).startsWith("open").endsWith(events.toArray(String[]::new));
    }
  }

  @Test
  @DisplayName("FR-17 takes a message of 1,024 fragments")
  void takesAsManyFragmentsAsTheLimit() throws Exception {
    for (byte[][] segments : Segments.all(join(FrameRows.fragments(1_024), MASKED_CLOSE))) {
      assertTaken(segments, "binary 0");
    }
  }

  @Test
  @DisplayName("FR-07 takes a message of the limit")
  void takesAMessageOfTheLimit() throws Exception {
    byte[] message = maskedBinary(new byte[MAX_MESSAGE_BYTES]);
    for (byte[][] segments : Segments.all(join(message, MASKED_CLOSE))) {
      assertTaken(segments, "binary " + MAX_MESSAGE_BYTES);
    }
  }

  private static void assertTaken(byte[][] segments, String event) throws Exception {
    try (var peer = RawSocket.open(server, "/")) {
      peer.send(segments);

      assertThat(peer.readToEnd()).isEqualTo(CLOSE);
    }
    assertThat(EVENTS.toClose()).containsExactly("open", event, "close 1000");
  }
}
