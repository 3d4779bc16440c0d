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
import dev.priz.protocol.DeflateOptions;
import dev.priz.protocol.Timeouts;
import java.time.Duration;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What our client makes of servers that do not open the connection properly. */
class RefusingServerTest {
  private static final String DEFLATE = "permessage-deflate";
  private static final String WINDOW = "; server_max_window_bits=";
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
        arguments("HC-07 unoffered", "subprotocol", with("Sec-WebSocket-Protocol: other")),
        arguments("HC-07 two", "subprotocol", with("Sec-WebSocket-Protocol: chat, chat.v2")),
        arguments("HC-07 in two fields", "subprotocol", withBoth("chat", "chat.v2")),
        arguments("HC-08 unoffered", "extension", with("Sec-WebSocket-Extensions: foo")),
        arguments("HC-08 twice", "extension", withExtensions(DEFLATE + ", " + DEFLATE)),
        arguments("HC-10 window 7", "deflate", withExtensions(DEFLATE + WINDOW + "7")),
        arguments("HC-10 window 16", "deflate", withExtensions(DEFLATE + WINDOW + "16")),
        arguments("HC-10 window 08", "deflate", withExtensions(DEFLATE + WINDOW + "08")),
        arguments("HC-10 twice", "deflate", withExtensions(DEFLATE + WINDOW + 9 + WINDOW + 9)),
        arguments("HC-10 unknown", "deflate", withExtensions(DEFLATE + "; foo=1")));
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
  @DisplayName("HC-10 takes a quoted window")
  void takesAQuotedWindow() throws Exception {
    UnaryOperator<String> quoted = withExtensions(DEFLATE + WINDOW + "\"10\"");
    try (var server =
        RawServer.start(peer -> {
          String opening = new String(RawServer.opening(peer.readHead()), ISO_8859_1);
          peer.send(join(ascii(quoted.apply(opening)), HELLO));
          peer.readToEnd();
        })) {
      WebSocket ws = client.connect(server.address());

      assertThat(ws.isCompressed()).isTrue();
      assertThat(ws.receive().text()).isEqualTo("Hello");
      ws.abort();
    }
  }

  @Test
  @DisplayName("HC-04 a 200 is no connection")
  void a200IsNoConnection() throws Exception {
    try (var server = answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")) {
      var refused = refused(server);

      assertThat(refused).hasMessageEndingWith("refused: status is 200, expected 101");
      assertThat(refused.bodyText()).isEqualTo("hello");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 401, 403, 404, 426, 503})
  @DisplayName("HC-05 refusals carry status, headers and body")
  void refusalsCarryStatusHeadersAndBody(int status) throws Exception {
    String response =
        "HTTP/1.1 " + status + " No\r\nRetry-After: 3\r\nContent-Length: 3\r\n\r\nwhy";
    try (var server = answering(response)) {
      var refused = refused(server);

      assertThat(refused.status()).isEqualTo(status);
      assertThat(refused.headers().first("Retry-After")).isEqualTo("3");
      assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(3));
      assertThat(refused.bodyText()).isEqualTo("why");
    }
  }

  @Test
  @DisplayName("HC-05 a body ends with the stream")
  void aBodyEndsWithTheStream() throws Exception {
    try (var server = answering("HTTP/1.1 403 No\r\n\r\nbecause")) {
      assertThat(refused(server).bodyText()).isEqualTo("because");
    }
  }

  @Test
  @DisplayName("HC-05 a body may be chunked")
  void aBodyMayBeChunked() throws Exception {
    String response = "HTTP/1.1 403 No\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nfor\r\n0\r\n\r\n";
    try (var server = answering(response)) {
      assertThat(refused(server).bodyText()).isEqualTo("for");
    }
  }

  @Test
  @DisplayName("HC-05 a body that does not come is not awaited for ever")
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
  @DisplayName("HC-04 up to five informational responses are skipped")
  void upToFiveInformationalResponsesAreSkipped() throws Exception {
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
  @DisplayName("HC-04 six informational responses are too many")
  void sixInformationalResponsesAreTooMany() throws Exception {
    try (var server = answering("HTTP/1.1 100 Continue\r\n\r\n".repeat(6))) {
      assertFails(server, "too many 1xx responses");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"SSH-2.0-OpenSSH_9.2\r\n\r\n", "\u0015\u0003\u0001\r\n\r\n", "what?\r\n\r\n"})
  @DisplayName("HC-04 garbage is not HTTP")
  void garbageIsNotHttp(String garbage) throws Exception {
    try (var server = answering(garbage)) {
      assertFails(server, "the server's response is not HTTP: .*");
    }
  }

  @Test
  @DisplayName("HC-04 a status line of 1 GB is cut off")
  void aStatusLineWithoutEndIsCutOff() throws Exception {
    try (var server = endless("HTTP/1.1 101 ", "a")) {
      assertFails(server, "the server's response is not HTTP: .*8192.*");
    }
  }

  @Test
  @DisplayName("HC-04 headers of 1 GB are cut off")
  void headersWithoutEndAreCutOff() throws Exception {
    try (var server = endless("HTTP/1.1 101 Yes\r\n", "X: y\r\n")) {
      assertFails(server, "the server's response is not HTTP: .*16384.*");
    }
  }

  @Test
  @DisplayName("HC-04 a header of over 8 KiB is too long")
  void aHeaderMayBeTooLong() throws Exception {
    try (var server = answering("HTTP/1.1 101 Yes\r\nX: " + "y".repeat(8_190) + "\r\n\r\n")) {
      assertFails(server, "the response has too many or too long headers");
    }
  }

  @Test
  @DisplayName("HC-04 more than 100 headers are too many")
  void headersMayBeTooMany() throws Exception {
    try (var server = answering("HTTP/1.1 101 Yes\r\n" + "X: y\r\n".repeat(101) + "\r\n")) {
      assertFails(server, "the response has too many or too long headers");
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
      byte[] more = ascii(rest.repeat(1_000_000 / rest.length()));
      assertThat(peer.sendUntilRefused(more, 1_000)).as("the client closes").isTrue();
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
    return WebSocketClient.builder()
        .timeouts(timeouts)
        .subprotocols("chat", "chat.v2")
        .deflate(DeflateOptions.SHARED.send(true, 15).receive(true, 15))
        .build();
  }

  private static UnaryOperator<String> changed(String from, String to) {
    return response -> response.replace(from, to);
  }

  private static UnaryOperator<String> with(String field) {
    return response -> response.replace("\r\n\r\n", "\r\n" + field + "\r\n\r\n");
  }

  private static UnaryOperator<String> withExtensions(String extensions) {
    return with("Sec-WebSocket-Extensions: " + extensions);
  }

  private static UnaryOperator<String> withBoth(String first, String second) {
    String name = "Sec-WebSocket-Protocol: ";
    return with(name + first + "\r\n" + name + second);
  }

  private static UnaryOperator<String> twice(String field) {
    return response -> response.replaceFirst("(" + field + "\\S+\r\n)", "$1$1");
  }

  private static String lowerCaseAccept(String response) {
    int value = response.indexOf("Accept: ") + "Accept: ".length();
    return response.substring(0, value) + response.substring(value).toLowerCase(Locale.ROOT);
  }
}
