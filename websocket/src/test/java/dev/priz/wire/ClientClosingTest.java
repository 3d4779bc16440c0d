package dev.priz.wire;

import static dev.priz.wire.Wire.CLOSE;
import static dev.priz.wire.Wire.HELLO;
import static dev.priz.wire.Wire.MASKED_HELLO;
import static dev.priz.wire.Wire.join;
import static dev.priz.wire.Wire.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.Transport;
import dev.priz.WebSocket;
import dev.priz.WebSocketClient;
import dev.priz.protocol.Closed;
import dev.priz.protocol.Timeouts;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** How our client ends a connection, as its peer sees it. */
@ParameterizedClass
@MethodSource("dev.priz.wire.Transports#working")
class ClientClosingTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  private final Events events = new Events();
  private final WebSocketClient client;

  ClientClosingTest(Transport transport) {
    client =
        WebSocketClient.builder()
            .transport(transport)
            .timeouts(Timeouts.DEFAULT.closing(SHORT, SHORT))
            .build();
  }

  @AfterEach
  void closeClient() {
    client.close();
  }

  @Test
  void answersAndLeavesTheEndOfTheStreamToTheServer() throws Exception {
    List<String> seen =
        seen(peer -> {
          peer.send(CLOSE);
          assertThat(peer.read(8)).startsWith(0x88, 0x82);
        });

    assertThat(seen).containsExactly("open", "close 1000");
  }

  @Test
  void cl12CutsOffAServerThatNeverEndsTheStream() throws Exception {
    List<String> seen =
        seen(peer -> {
          peer.send(CLOSE);
          assertThat(peer.readToEnd()).hasSize(8).startsWith(0x88, 0x82);
        });

    assertThat(seen).containsExactly("open", "close 1000");
  }

  @Test
  void cl09CutsOffAServerThatNeverAnswers() throws Exception {
    List<String> seen =
        seen(peer -> {
          peer.send(text("leave"));
          assertThat(peer.readToEnd()).hasSize(6 + 5).startsWith(0x88, 0x85);
        });

    assertThat(seen).containsExactly("open", "text leave", "close 1006");
  }

  @Test
  void cl11BothCloseAtOnce() throws Exception {
    List<String> seen =
        seen(peer -> {
          peer.send(join(text("leave"), CLOSE));
          assertThat(peer.read(11)).startsWith(0x88, 0x85);
          peer.end();
          assertThat(peer.readToEnd()).isEmpty();
        });

    assertThat(seen).containsExactly("open", "text leave", "close 1000");
  }

  @Test
  void cl14ACloseInsideAFragmentedMessageDropsTheMessage() throws Exception {
    List<String> seen =
        seen(peer -> {
          peer.send(Wire.wire("01 01 61"), CLOSE);
          assertThat(peer.read(8)).startsWith(0x88, 0x82);
        });

    assertThat(seen).containsExactly("open", "close 1000");
  }

  @Test
  void fr02FailsTheConnectionOnAMaskedFrame() throws Exception {
    List<String> seen =
        seen(peer -> {
          peer.send(MASKED_HELLO);
          peer.sendUntilRefused(new byte[1 << 20], 10);
          assertThat(peer.read(6)).startsWith(0x88);
        });

    assertThat(seen).containsExactly("open", "error", "close 1002");
  }

  @Test
  void closingReturnsOnceTheServerHasEndedTheStream() throws Exception {
    try (var server =
        RawServer.opening(peer -> {
          assertThat(peer.read(8)).startsWith(0x88, 0x82);
          peer.send(HELLO, CLOSE);
        })) {
      WebSocket ws = client.connect(server.address());

      ws.close();

      Closed closed = ws.closed();
      assertThat(closed.isClean()).isTrue();
      assertThat(closed.by()).isEqualTo(Closed.By.THIS_END);
    }
  }

  @Test
  void closingAConnectionThatNobodyReadsReturnsInTime() throws Exception {
    try (var server =
        RawServer.opening(peer -> {
          peer.sendUntilRefused(text("more"), 1_000);
          peer.readToEnd();
        })) {
      WebSocket ws = client.connect(server.address());

      ws.close();

      assertThat(ws.closed().code()).isEqualTo(1006);
    }
  }

  private List<String> seen(RawServer.Script script) throws Exception {
    List<String> seen;
    try (var server = RawServer.opening(script)) {
      client.connect(server.address(), this::converse);
      seen = events.toClose();
    }
    client.close();
    seen.addAll(events.rest());
    return seen;
  }

  private void converse(WebSocket ws) {
    events.watch(ws);
    ws.onText(text -> {
      events.add("text " + text);
      ws.close(4000, "bye");
    });
  }
}
