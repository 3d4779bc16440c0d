package dev.priz.wire;

import static dev.priz.wire.Wire.CLOSE;
import static dev.priz.wire.Wire.ascii;
import static dev.priz.wire.Wire.text;
import static dev.priz.wire.Wire.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.Transport;
import dev.priz.WebSocketClient;
import dev.priz.WebSocketException;
import dev.priz.protocol.Timeouts;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that vanish, at every stage of a connection of our client (TL-01, TL-02). */
@ParameterizedClass
@MethodSource("dev.priz.wire.Transports#working")
class LostServerTest {
  private static final String CLOSED = "the server closed the connection during the handshake";
  // A reset right behind other bytes may go unnoticed for a while on io_uring.
  private static final String SILENT = "the server did not answer the handshake within PT1S";

  private final Events events = new Events();
  private final WebSocketClient client;

  LostServerTest(Transport transport) {
    client =
        WebSocketClient.builder()
            .transport(transport)
            .timeouts(Timeouts.DEFAULT.handshake(Duration.ofSeconds(1)))
            .build();
  }

  @AfterEach
  void closeClient() {
    client.close();
  }

  @ParameterizedTest(name = "TL-01, TL-02 {0} at accept")
  @EnumSource
  void atAccept(Ending ending) throws Exception {
    assertRefused(RawServer.start(ending::end));
  }

  @ParameterizedTest(name = "TL-01, TL-02 {0} after the request")
  @EnumSource
  void afterTheRequest(Ending ending) throws Exception {
    assertRefused(
        RawServer.start(peer -> {
          peer.readHead();
          ending.end(peer);
        }));
  }

  @ParameterizedTest(name = "TL-01, TL-02 {0} inside the response")
  @EnumSource
  void insideTheResponse(Ending ending) throws Exception {
    assertRefused(
        RawServer.start(peer -> {
          peer.readHead();
          peer.send(ascii("HTTP/1.1 101 Switching Protocols\r\nUpgr"));
          ending.end(peer);
        }));
  }

  @ParameterizedTest(name = "TL-01, TL-02 {0} after the 101")
  @EnumSource
  void afterThe101(Ending ending) throws Exception {
    assertThat(lost(ending, peer -> pingAndSend(peer, ""))).containsExactly("open", "close 1006");
  }

  @ParameterizedTest(name = "FR-23, TL-01, TL-02 {0} inside a header")
  @EnumSource
  void insideAHeader(Ending ending) throws Exception {
    assertThat(lost(ending, peer -> pingAndSend(peer, "81 7e 01")))
        .containsExactly("open", "close 1006");
  }

  @ParameterizedTest(name = "FR-24, TL-01, TL-02 {0} inside a payload")
  @EnumSource
  void insideAPayload(Ending ending) throws Exception {
    assertThat(lost(ending, peer -> pingAndSend(peer, "81 05 48 65")))
        .containsExactly("open", "close 1006");
  }

  @ParameterizedTest(name = "TL-01, TL-02 {0} between fragments")
  @EnumSource
  void betweenFragments(Ending ending) throws Exception {
    assertThat(lost(ending, peer -> pingAndSend(peer, "01 02 48 65")))
        .containsExactly("open", "close 1006");
  }

  @ParameterizedTest(name = "TL-01, TL-02 {0} after our Close")
  @EnumSource
  void afterOurClose(Ending ending) throws Exception {
    List<String> seen =
        lost(
            ending,
            peer -> {
              peer.send(text("close"));
              assertThat(peer.read(8)).startsWith(0x88, 0x82);
            });

    assertThat(seen).containsExactly("open", "text close", "close 1006");
  }

  @ParameterizedTest(name = "TL-01, TL-02 {0} after the peer's Close")
  @EnumSource
  void afterThePeersClose(Ending ending) throws Exception {
    List<String> seen =
        lost(
            ending,
            peer -> {
              peer.send(CLOSE);
              assertThat(peer.read(8)).startsWith(0x88, 0x82);
            });

    assertThat(seen).containsExactly("open", "close 1000");
  }

  private interface Stage {
    void reach(RawSocket peer) throws IOException;
  }

  // The answer to the Ping shows that what is sent with it has been read too.
  private static void pingAndSend(RawSocket peer, String frames) throws IOException {
    peer.send(wire("89 00" + frames));
    assertThat(peer.read(6)).startsWith(0x8a, 0x80);
  }

  private List<String> lost(Ending ending, Stage stage) throws Exception {
    try (var log = LogCapture.start()) {
      RawServer.Script script =
          peer -> {
            stage.reach(peer);
            ending.end(peer);
          };
      List<String> seen;
      try (var server = RawServer.opening(script)) {
        client.connect(
            server.address(),
            ws -> {
              events.watch(ws);
              ws.onText(text -> {
                events.add("text " + text);
                ws.close();
              });
            });
        seen = events.toClose();
      }
      client.close();
      seen.addAll(events.rest());
      seen.remove("error");
      assertThat(log.text()).isEmpty();
      return seen;
    }
  }

  private void assertRefused(RawServer lost) throws IOException {
    try (lost;
        var log = LogCapture.start()) {
      assertThatThrownBy(() -> client.connect(lost.address(), events::watch))
          .isInstanceOf(WebSocketException.class)
          .hasMessageStartingWith("cannot connect to " + lost.address() + "/: ")
          .message()
          .matches(".*: (" + CLOSED + "|" + SILENT + "|connection reset)");
      assertThat(events.rest()).isEmpty();
      assertThat(log.text()).isEmpty();
    }
  }
}
