package dev.priz.wire;

import static dev.priz.wire.Wire.hex;
import static dev.priz.wire.Wire.request;
import static dev.priz.wire.Wire.wire;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.TlsOptions;
import dev.priz.WebSocketServer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rows of {@link FrameRows} over TLS: all in one record, each byte in a record of its own, and
 * in two records at every split.
 */
final class FrameTlsTest extends TlsFixture {
  private static final Map<TlsOptions.Provider, WebSocketServer> SERVERS =
      new EnumMap<>(TlsOptions.Provider.class);
  private static final Events EVENTS = new Events();

  @AfterAll
  static void stop() {
    SERVERS.values().forEach(WebSocketServer::close);
    SERVERS.clear();
  }

  @AfterEach
  void nothingElseHasHappened() {
    assertThat(EVENTS.rest()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.priz.wire.FrameRows#broken")
  void fails(String name, int code, String frames) throws Exception {
    for (byte[][] segments : Segments.all(wire(frames))) {
      try (var peer = open()) {
        FrameRows.assertBreaks(peer, segments, code);
      }
      assertThat(EVENTS.toClose()).containsExactly("open", "error", "close " + code);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.priz.wire.FrameRows#kept")
  void delivers(String name, List<String> expected, String frames, String answer) throws Exception {
    for (byte[][] segments : Segments.all(wire(frames))) {
      try (var peer = open()) {
        peer.send(segments);

        assertThat(hex(peer.readToEnd())).isEqualTo(hex(wire(answer)));
      }
      assertThat(EVENTS.toClose()).startsWith("open").endsWith(expected.toArray(String[]::new));
    }
  }

  private RawSocket open() throws Exception {
    var server = SERVERS.computeIfAbsent(provider, FrameTlsTest::start);
    var peer = new RawSocket(Handshakes.open(server, null, "TLSv1.3"));
    peer.send(request("/"));
    assertThat(peer.readHead()).startsWith("HTTP/1.1 101 ");
    return peer;
  }

  private static WebSocketServer start(TlsOptions.Provider provider) {
    return WebSocketServer.at("127.0.0.1:0")
        .tls(localhost.pem().provider(provider))
        .timeouts(BrokenFrameTest.PATIENT)
        .callbacks("/", EVENTS::watch)
        .start();
  }
}
