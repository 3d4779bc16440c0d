package dev.priz.wire;

import static dev.priz.wire.Wire.HELLO;
import static dev.priz.wire.Wire.ascii;
import static dev.priz.wire.Wire.join;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.priz.HandshakeRefusedException;
import dev.priz.WebSocket;
import dev.priz.WebSocketClient;
import dev.priz.WebSocketException;
import dev.priz.protocol.Timeouts;
import java.time.Duration;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What our client makes of servers that do not open the connection properly. */
class RefusingServerTest {
  private static final UnaryOperator<String> LOWER_CASE_ACCEPT =
      RefusingServerTest::lowerCaseAccept;

  private final Events events = new Events();
  private final WebSocketClient client = client(Timeouts.DEFAULT);

  @AfterEach
  void closeClient() {
    client.close();
  }

  static Stream<Arguments> malformed() {
    return Stream.of(
        arguments("HC-02 wrong", "Accept", changed("Accept: ", "Accept: A")),
        arguments("HC-02 missing", "Accept", changed("Sec-WebSocket-Accept", "X-Accept")),
        arguments("HC-02 twice", "Accept", twice("Sec-WebSocket-Accept: ")),
        arguments("HC-02 lower case", "Accept", LOWER_CASE_ACCEPT),
        arguments("HC-03 no Upgrade", "Upgrade", changed("Upgrade: websocket\r\n", "")),
        arguments("HC-03 other Upgrade", "Upgrade", changed("Upgrade: websocket", "Upgrade: h2c")),
        arguments("HC-03 no Connection", "Connection", changed("Connection: Upgrade\r\n", "")),
        arguments("HC-04 HTTP/1.0", "HTTP/1.1", changed("HTTP/1.1", "HTTP/1.0")),
        arguments("HC-07", "subprotocol", with("Sec-WebSocket-Protocol: chat")),
        arguments("HC-08", "extension", with("Sec-WebSocket-Extensions: foo")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void malformed(String name, String reason, UnaryOperator<String> change) throws Exception {
    try (var server =
        RawServer.start(peer -> {
          byte[] opening = RawServer.opening(peer.readHead());
          String changed = change.apply(new String(opening, ISO_8859_1));
          peer.send(join(ascii(changed), HELLO));
          assertThat(peer.readToEnd()).as("after the request").isEmpty();
        })) {
      var refused = refused(server);

      assertThat(refused)
          .hasMessageStartingWith("handshake with " + server.address() + "/ refused: ")
          .hasMessageContaining(reason);
      assertThat(refused.status()).isEqualTo(101);
    }
  }

  @Test
  void hc04A200IsNoConnection() throws Exception {
    try (var server = answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")) {
      var refused = refused(server);

      assertThat(refused).hasMessageEndingWith("refused: status is 200, expected 101");
      assertThat(refused.bodyText()).isEqualTo("hello");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 401, 403, 404, 426, 503})
  void hc05RefusalsCarryStatusHeadersAndBody(int status) throws Exception {
    String response =
        "HTTP/1.1 " + status + " No\r\nRetry-After: 3\r\nContent-Length: 3\r\n\r\nwhy";
    try (var server = answering(response)) {
      var refused = refused(server);

      assertThat(refused.status()).isEqualTo(status);
      assertThat(refused.headers().first("Retry-After")).isEqualTo("3");
      assertThat(refused.bodyText()).isEqualTo("why");
    }
  }

  @Test
  void hc05ABodyWithoutEndIsCutAt8KiB() throws Exception {
    try (var server =
        RawServer.start(peer -> {
          peer.readHead();
          peer.send("HTTP/1.1 503 Busy\r\nContent-Length: 10000000000\r\n\r\n");
          peer.sendUntilRefused(ascii("b".repeat(1_000_000)), 10_000);
        })) {
      var refused = refused(server);

      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.bodyText()).isEqualTo("b".repeat(8 * 1024));
    }
  }

  @Test
  void hc05ABodyEndsWithTheStream() throws Exception {
    try (var server = answering("HTTP/1.1 403 No\r\n\r\nbecause")) {
      assertThat(refused(server).bodyText()).isEqualTo("because");
    }
  }

  @Test
  void hc05ABodyMayBeChunked() throws Exception {
    String response = "HTTP/1.1 403 No\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nfor\r\n0\r\n\r\n";
    try (var server = answering(response)) {
      assertThat(refused(server).bodyText()).isEqualTo("for");
    }
  }

  @Test
  void aBodyThatDoesNotComeIsNotAwaitedForEver() throws Exception {
    try (var hurried = client(Timeouts.DEFAULT.handshake(Duration.ofMillis(300)));
        var server =
            RawServer.start(peer -> {
              peer.readHead();
              peer.send("HTTP/1.1 403 No\r\nContent-Length: 100\r\n\r\nsome");
              peer.readToEnd();
            })) {
      assertThatThrownBy(() -> hurried.connect(server.address()))
          .isInstanceOfSatisfying(
              HandshakeRefusedException.class,
              refused -> assertThat(refused.bodyText()).isEqualTo("some"));
    }
  }

  @Test
  void hc04UpToFiveInformationalResponsesAreSkipped() throws Exception {
    String informational = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nLink: x\r\n\r\n";
    try (var server =
        RawServer.start(peer -> {
          String request = peer.readHead();
          peer.send(informational + informational + "HTTP/1.1 102 Processing\r\n\r\n");
          peer.send(RawServer.opening(request, HELLO));
          peer.readToEnd();
        })) {
      WebSocket ws = client.connect(server.address());

      assertThat(ws.receive().text()).isEqualTo("Hello");
      ws.abort();
    }
  }

  @Test
  void hc04SixInformationalResponsesAreTooMany() throws Exception {
    try (var server = answering("HTTP/1.1 100 Continue\r\n\r\n".repeat(6))) {
      assertFails(server, "too many 1xx responses");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"SSH-2.0-OpenSSH_9.2\r\n\r\n", "\u0015\u0003\u0001\r\n\r\n", "what?\r\n\r\n"})
  void hc04GarbageIsNotHttp(String garbage) throws Exception {
    try (var server = answering(garbage)) {
      assertFails(server, "the server's response is not HTTP: .*");
    }
  }

  @Test
  void hc04AStatusLineWithoutEndIsCutOff() throws Exception {
    try (var server = endless("HTTP/1.1 101 ", "a")) {
      assertFails(server, "the server's response is not HTTP: .*8192.*");
    }
  }

  @Test
  void hc04HeadersWithoutEndAreCutOff() throws Exception {
    try (var server = endless("HTTP/1.1 101 Yes\r\n", "X: y\r\n")) {
      assertFails(server, "the server's response is not HTTP: .*16384.*");
    }
  }

  @Test
  void aServerThatNeverAnswersIsGivenUp() throws Exception {
    try (var hurried = client(Timeouts.DEFAULT.handshake(Duration.ofMillis(300)));
        var server =
            RawServer.start(peer -> {
              peer.readHead();
              peer.send("HTTP/1.1 101 Switching");
              assertThat(peer.readToEnd()).isEmpty();
            })) {
      assertThatThrownBy(() -> hurried.connect(server.address(), events::watch))
          .isInstanceOf(WebSocketException.class)
          .hasMessageEndingWith(": the server did not answer the handshake within PT0.3S");
      assertThat(events.rest()).isEmpty();
    }
  }

  private static RawServer answering(String response) throws Exception {
    return RawServer.answering(response);
  }

  private static RawServer endless(String start, String rest) throws Exception {
    return RawServer.start(peer -> {
      peer.readHead();
      peer.send(start);
      peer.sendUntilRefused(ascii(rest.repeat(10_000)), 1_000);
    });
  }

  private HandshakeRefusedException refused(RawServer server) {
    var refused =
        catchThrowableOfType(
            HandshakeRefusedException.class, () -> client.connect(server.address(), events::watch));
    assertThat(refused).isNotNull();
    assertThat(events.rest()).isEmpty();
    return refused;
  }

  private void assertFails(RawServer server, String reason) {
    assertThatThrownBy(() -> client.connect(server.address(), events::watch))
        .isInstanceOf(WebSocketException.class)
        .message()
        .matches("cannot connect to ws://127\\.0\\.0\\.1:\\d+/: " + reason);
    assertThat(events.rest()).isEmpty();
  }

  private static WebSocketClient client(Timeouts timeouts) {
    return WebSocketClient.builder().timeouts(timeouts).build();
  }

  private static UnaryOperator<String> changed(String from, String to) {
    return response -> response.replace(from, to);
  }

  private static UnaryOperator<String> with(String field) {
    return response -> response.replace("\r\n\r\n", "\r\n" + field + "\r\n\r\n");
  }

  private static UnaryOperator<String> twice(String field) {
    return response -> response.replaceFirst("(" + field + "\\S+\r\n)", "$1$1");
  }

  private static String lowerCaseAccept(String response) {
    int value = response.indexOf("Accept: ") + "Accept: ".length();
    return response.substring(0, value) + response.substring(value).toLowerCase(Locale.ROOT);
  }
}
