package dev.priz.wire;

import static dev.priz.wire.Wire.CLOSE;
import static dev.priz.wire.Wire.HELLO;
import static dev.priz.wire.Wire.MASKED_CLOSE;
import static dev.priz.wire.Wire.MASKED_HELLO;
import static dev.priz.wire.Wire.ascii;
import static dev.priz.wire.Wire.maskedText;
import static dev.priz.wire.Wire.request;
import static dev.priz.wire.Wire.wire;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.Transport;
import dev.priz.WebSocket;
import dev.priz.WebSocketServer;
import dev.priz.protocol.Timeouts;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clients that vanish, at every stage of a connection to our server (TL-01, TL-02, FR-23, FR-24).
 */
@ParameterizedClass
@MethodSource("dev.priz.wire.Transports#working")
class LostClientTest {
  private final Events events = new Events();
  private final Transport transport;
  private Timeouts timeouts = Timeouts.DEFAULT;

  LostClientTest(Transport transport) {
    this.transport = transport;
  }

  @ParameterizedTest(name = "TL-01, TL-02 {0} at accept")
  @EnumSource
  void atAccept(Ending ending) throws Exception {
    assertThat(lostBeforeOpening(ending, peer -> {})).isEmpty();
  }

  @ParameterizedTest(name = "TL-01, TL-02 {0} inside the request")
  @EnumSource
  void insideTheRequest(Ending ending) throws Exception {
    List<String> seen =
        lostBeforeOpening(ending, peer -> peer.send(ascii("GET / HTTP/1.1\r\nHost: 127.")));

    assertThat(seen).isEmpty();
  }

  @ParameterizedTest(name = "TL-01, TL-02 {0} after the 101")
  @EnumSource
  void afterThe101(Ending ending) throws Exception {
    assertThat(lost(ending, LostClientTest::open)).containsExactly("open", "close 1006");
  }

  @ParameterizedTest(name = "FR-23, TL-01, TL-02 {0} inside a header")
  @EnumSource
  void insideAHeader(Ending ending) throws Exception {
    assertThat(lost(ending, peer -> openAndSend(peer, "81 fe 01")))
        .containsExactly("open", "close 1006");
  }

  @ParameterizedTest(name = "FR-24, TL-01, TL-02 {0} inside a payload")
  @EnumSource
  void insideAPayload(Ending ending) throws Exception {
    assertThat(lost(ending, peer -> openAndSend(peer, "81 85 00 00 00 00 48 65")))
        .containsExactly("open", "close 1006");
  }

  @ParameterizedTest(name = "TL-01, TL-02 {0} between fragments")
  @EnumSource
  void betweenFragments(Ending ending) throws Exception {
    assertThat(lost(ending, peer -> openAndSend(peer, "01 82 00 00 00 00 48 65")))
        .containsExactly("open", "close 1006");
  }

  @ParameterizedTest(name = "TL-01, TL-02 {0} between messages")
  @EnumSource
  void betweenMessages(Ending ending) throws Exception {
    List<String> seen =
        lost(
            ending,
            peer -> {
              open(peer).send(MASKED_HELLO);
              assertThat(peer.read(7)).isEqualTo(HELLO);
            });

    assertThat(seen).containsExactly("open", "text Hello", "close 1006");
  }

  @ParameterizedTest(name = "TL-01, TL-02 {0} after our Close")
  @EnumSource
  void afterOurClose(Ending ending) throws Exception {
    List<String> seen =
        lost(
            ending,
            peer -> {
              open(peer).send(maskedText("close"));
              assertThat(peer.read(4)).isEqualTo(CLOSE);
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
              open(peer).send(MASKED_CLOSE);
              assertThat(peer.read(4)).isEqualTo(CLOSE);
            });

    assertThat(seen).containsExactly("open", "close 1000");
  }

  @ParameterizedTest(name = "TL-01, TL-02 {0} right behind its bytes at the latest by keep-alive")
  @EnumSource
  void rightBehindItsBytesAtTheLatestByKeepAlive(Ending ending) throws Exception {
    timeouts = timeouts.keepAlive(Duration.ofMillis(200), Duration.ofMillis(200));

    List<String> seen = lost(ending, peer -> open(peer).send(wire("81 85 00 00 00 00 48 65")));

    assertThat(seen).containsExactly("open", "close 1006");
  }

  private interface Stage {
    void reach(RawSocket peer) throws IOException;
  }

  private static RawSocket open(RawSocket peer) throws IOException {
    peer.send(request("/"));
    assertThat(peer.readHead()).startsWith("HTTP/1.1 101 ");
    return peer;
  }

  // The answer to the Ping shows that what is sent with it has been read too.
  private static void openAndSend(RawSocket peer, String frames) throws IOException {
    open(peer).send(wire("89 80 00 00 00 00" + frames));
    assertThat(peer.read(2)).isEqualTo(wire("8a 00"));
  }

  // The events of a client that is lost at some stage, without the errors that a reset may show;
  // others are still served,
  // and nothing is logged.
  private List<String> lost(Ending ending, Stage stage) throws Exception {
    try (var log = LogCapture.start()) {
      List<String> seen = new ArrayList<>();
      try (var server = start();
          var peer = RawSocket.to(server.port())) {
        stage.reach(peer);
        ending.end(peer);
        seen.addAll(events.toClose());
        greetAnother(server);
      }
      seen.addAll(events.rest());
      seen.remove("error");
      assertThat(log.text()).isEmpty();
      return seen;
    }
  }

  private List<String> lostBeforeOpening(Ending ending, Stage stage) throws Exception {
    try (var log = LogCapture.start()) {
      try (var server = start();
          var peer = RawSocket.to(server.port())) {
        stage.reach(peer);
        ending.end(peer);
        greetAnother(server);
      }
      assertThat(log.text()).isEmpty();
      return events.rest();
    }
  }

  private static void greetAnother(WebSocketServer server) throws IOException {
    try (var other = RawSocket.open(server, "/other")) {
      other.send(MASKED_HELLO);
      assertThat(other.read(7)).isEqualTo(HELLO);
    }
  }

  private WebSocketServer start() {
    return WebSocketServer.at("127.0.0.1:0")
        .transport(transport)
        .timeouts(timeouts)
        .threads(1)
        .callbacks("/", this::converse)
        .callbacks("/other", ws -> ws.onText(ws::send))
        .start();
  }

  private void converse(WebSocket ws) {
    events.watch(ws);
    ws.onText(text -> {
      events.add("text " + text);
      if (text.equals("close")) {
        ws.close();
      } else {
        ws.send(text);
      }
    });
  }
}
