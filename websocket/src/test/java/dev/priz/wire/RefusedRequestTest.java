package dev.priz.wire;

import static dev.priz.wire.Wire.KEY;
import static dev.priz.wire.Wire.MASKED_HELLO;
import static dev.priz.wire.Wire.ascii;
import static dev.priz.wire.Wire.join;
import static dev.priz.wire.Wire.repeat;
import static dev.priz.wire.Wire.request;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.priz.Decision;
import dev.priz.WebSocketServer;
import dev.priz.protocol.Headers;
import dev.priz.protocol.Response;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests that a server refuses: one answer, the end of the connection, and nothing behind the
 * request is served.
 */
class RefusedRequestTest {
  private static final Events EVENTS = new Events();
  @AutoClose private static WebSocketServer server;

  @BeforeAll
  static void start() {
    server =
        WebSocketServer.at("127.0.0.1:0")
            .handshake(handshake ->
                handshake.request().path().equals("/forbidden")
                    ? Decision.refuse(403, "not you")
                    : Decision.accept())
            .callbacks("/", EVENTS::watch)
            .callbacks("/forbidden", EVENTS::watch)
            .http((request, body) -> {
              EVENTS.add("served " + request.path());
              return Response.text(200, "served");
            })
            .start();
  }

  @BeforeEach
  void forget() {
    EVENTS.rest();
  }

  // As long as a header line may be, in a request that is refused for something else.
  private static final String LONGEST_LINE =
      with("X: " + "y".repeat(8 * 1024 - 3) + "\r\n").replace("GET / ", "GET /forbidden ");

  static Stream<Arguments> refused() {
    return Stream.of(
        arguments("HS-02 POST", 405, changed("GET / ", "POST / ")),
        arguments("HS-03 HTTP/1.0", 400, changed("HTTP/1.1", "HTTP/1.0")),
        arguments("HS-04 no Upgrade", 426, changed("Upgrade: websocket\r\n", "")),
        arguments("HS-04 h2c", 426, changed("Upgrade: websocket", "Upgrade: h2c")),
        arguments("HS-05", 400, changed("Connection: Upgrade", "Connection: keep-alive")),
        arguments("HS-07 no Host", 400, changed("Host: 127.0.0.1\r\n", "")),
        arguments("HS-07 two Hosts", 400, with("Host: b\r\n")),
        arguments("HS-07 bad Host", 400, changed("Host: 127.0.0.1", "Host: a b")),
        arguments("HS-08 no key", 400, changed("Sec-WebSocket-Key: " + KEY + "\r\n", "")),
        arguments("HS-08 two keys", 400, with("Sec-WebSocket-Key: " + KEY + "\r\n")),
        arguments("HS-09 15 bytes", 400, changed(KEY, "AAAAAAAAAAAAAAAAAAAA")),
        arguments("HS-09 18 bytes", 400, changed(KEY, "AAAAAAAAAAAAAAAAAAAAAAAA")),
        arguments("HS-09, HS-24 10 KiB", 431, changed(KEY, "A".repeat(10 * 1024))),
        arguments("HS-24 8 KiB and a byte", 431, with("X: " + "y".repeat(8 * 1024 - 2) + "\r\n")),
        arguments("HS-24 8 KiB, and forbidden", 403, LONGEST_LINE),
        arguments("HS-09 bad base64", 400, changed(KEY, "dGhlIHNhbXBsZSBub25jZQ=!")),
        arguments("HS-09 not ASCII", 400, changed(KEY, "dGhlIHNhbXBsZSBub25j\u00e9Q==")),
        arguments("HS-12 no version", 426, changed("Sec-WebSocket-Version: 13\r\n", "")),
        arguments("HS-12 version 12", 426, changed("Version: 13", "Version: 12")),
        arguments("HS-12 version x", 426, changed("Version: 13", "Version: x")),
        arguments("HS-12 two versions", 426, changed("Version: 13", "Version: 13, 8")),
        arguments("HS-16 twice the same", 400, with("Sec-WebSocket-Protocol: a, a\r\n")),
        arguments("HS-16 an empty one", 400, with("Sec-WebSocket-Protocol: a,,b\r\n")),
        arguments("HS-16 no token", 400, with("Sec-WebSocket-Protocol: a b\r\n")),
        arguments("HS-16 1,000 tokens", 400, with("Sec-WebSocket-Protocol: " + tokens(1_000))),
        arguments("HS-18 body", 400, with("Content-Length: 5\r\n")),
        arguments("HS-18 big body", 400, with("Content-Length: 99999999999\r\n")),
        arguments("HS-19 chunked", 400, with("Transfer-Encoding: chunked\r\n")),
        arguments("HS-20 CL+TE", 400, with("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n")),
        arguments("HS-20 CL list", 400, with("Content-Length: 0, 5\r\n")),
        arguments("HS-20 CL sign", 400, with("Content-Length: +5\r\n")),
        arguments("HS-20 two CLs", 400, with("Content-Length: 0\r\nContent-Length: 5\r\n")),
        arguments("HS-21 unknown coding", 400, with("Transfer-Encoding: chunked, xchunked\r\n")),
        arguments("HS-21 space before colon", 400, changed("Upgrade: web", "Upgrade : web")),
        arguments("HS-21 bare LF", 400, with("X: y\nZ: z\r\n")),
        arguments("HS-21 NUL", 400, with("X: \0\r\n")),
        arguments("HS-22 other authority", 400, changed("GET / ", "GET http://evil/ ")),
        arguments("HS-22 dots", 400, changed("GET / ", "GET //evil/..%2f ")),
        arguments("HS-22 fragment", 400, changed("GET / ", "GET /#x ")),
        arguments("HS-23", 431, with(String.join("", Collections.nCopies(2_000, "aa: b\r\n")))),
        arguments("HS-23 99 more", 431, with(String.join("", Collections.nCopies(96, "a: b\r\n")))),
        arguments("HS-24", 431, with("X: " + "y".repeat(20_000_000) + "\r\n")),
        arguments("HS-24 line", 414, changed("GET / ", "GET /" + "y".repeat(9_000) + " ")),
        arguments("HS-26", 431, with("Sec-WebSocket-Protocol: b" + " ".repeat(32_000) + "x\r\n")),
        arguments("HS-28, HS-29 guarded", 403, changed("GET / ", "GET /forbidden ")),
        arguments("HS-29 guarded, escaped", 403, changed("GET / ", "GET /%66orbi%64%64en ")),
        arguments("HS-29 guarded, a query", 403, changed("GET / ", "GET /forbidden?/ ")),
        arguments(
            "HS-29 guarded, absolute", 403, changed("GET /", "GET http://127.0.0.1/forbidden")),
        arguments("HS-30", 403, with("Origin: https://evil.example\r\n")),
        arguments("HS-30 null", 403, with("Origin: null\r\n")),
        arguments("HS-30 suffix", 403, with("Origin: http://127.0.0.1.evil\r\n")),
        arguments("HS-30 port", 403, with("Origin: http://127.0.0.1:81\r\n")),
        arguments("HS-31", 403, with("Origin: http://127.0.0.1\r\nOrigin: http://127.0.0.1\r\n")),
        arguments("no such path", 404, changed("GET / ", "GET /nobody ")),
        arguments("HTTP/2", 505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        arguments("no HTTP", 400, "\u0001\u0002\u0003 what\r\n\r\n"),
        arguments("FR-26 a TLS record", 400, "\u0016\u0003\u0001\u0000\u0005hello"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void refused(String name, int status, String request) throws Exception {
    try (var log = LogCapture.start();
        var peer = RawSocket.to(server.port())) {
      peer.sendUntilRefused(join(ascii(request), MASKED_HELLO, request("/pipelined")), 1);

      String answer = peer.readTextToEnd();

      assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
      assertThat(answer).containsIgnoringCase("\r\nConnection: close\r\n");
      assertThat(answer.split("HTTP/1.1 ", -1)).as("number of answers").hasSize(2);
      assertThat(EVENTS.rest()).isEmpty();
      assertThat(log.text()).isEmpty();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void servesNothingBehindARefusal(String name, int status, String request) throws Exception {
    String next = "GET /next HTTP/1.1\r\nHost: a\r\n\r\n";
    try (var peer = RawSocket.to(server.port())) {
      String answer = peer.send(request + next + with("")).readTextToEnd();

      assertThat(answer)
          .startsWith("HTTP/1.1 " + status + " ")
          .contains("\r\nConnection: close\r\n");
      assertThat(answer.split("HTTP/1.1 ", -1)).as("number of answers").hasSize(2);
    }
    assertThat(EVENTS.rest()).isEmpty();
  }

  static Stream<Arguments> servesNothingBehindARefusal() {
    return Stream.of(
        arguments("HS-13 of the version", 426, changed("Version: 13", "Version: 12")),
        arguments("HS-28 by the hook", 403, changed("GET / ", "GET /forbidden ")));
  }

  @Test
  @DisplayName("HS-27 takes a second handshake in the same segment for frames")
  void hasOneHandshakeOnly() throws Exception {
    try (var peer = RawSocket.to(server.port())) {
      peer.send(join(request("/"), request("/")));

      assertThat(peer.readHead()).startsWith("HTTP/1.1 101 ");
      // The G of GET has a reserved bit.
      byte[] close = peer.readToEnd();
      assertThat(close).startsWith(0x88, close.length - 2, 0x03, 0xea);
      assertThat(EVENTS.toClose()).containsExactly("open", "error", "close 1002");
    }
  }

  // RFC 9112 §5.2 leaves the choice: "reject the message [...] or replace each received obs-fold
  // with one or more SP octets"
  @Test
  void hs21AFoldedLineBecomesOneLine() throws Exception {
    String request = with("Sec-WebSocket-Protocol: a,\r\n b\r\n");

    try (var peer = RawSocket.to(server.port())) {
      assertThat(peer.send(request).readHead()).startsWith("HTTP/1.1 101 ");
    }
    assertThat(EVENTS.toClose()).containsExactly("open", "close 1006");
  }

  @Test
  void hs02TellsTheMethodThatIsAllowed() throws Exception {
    assertThat(answer(changed("GET / ", "POST / "))).contains("\r\nAllow: GET\r\n");
  }

  @Test
  void hs12TellsTheVersionThatIsSpoken() throws Exception {
    assertThat(answer(changed("Version: 13", "Version: 8")))
        .contains("\r\nSec-WebSocket-Version: 13\r\n", "\r\nUpgrade: websocket\r\n");
  }

  @Test
  void hs03NamesTheRemedyBehindNginx() throws Exception {
    assertThat(answer(changed("HTTP/1.1", "HTTP/1.0"))).contains("proxy_http_version 1.1");
  }

  @Test
  void hs06Hs38ListsOfTokensInAnyCaseAreFine() throws Exception {
    String request =
        changed("Connection: Upgrade", "Connection: keep-alive, UPGRADE")
            .replace("Upgrade: websocket", "Upgrade: h2c\r\nUpgrade: WebSocket");

    try (var peer = RawSocket.to(server.port())) {
      assertThat(peer.send(request).readHead()).startsWith("HTTP/1.1 101 ");
    }
    assertThat(EVENTS.toClose()).containsExactly("open", "close 1006");
  }

  @Test
  void hs24ABodyWithoutEndIsNotReadForEver() throws Exception {
    try (var peer = RawSocket.to(server.port())) {
      peer.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 999999999\r\n\r\n");
      peer.sendUntilRefused(repeat(1_024, ascii("0123456789abcdef")), 10_000);

      assertThat(peer.readTextToEnd()).startsWith("HTTP/1.1 413 ");
    }
  }

  @Test
  void plainRequestsAreServedOneAfterAnother() throws Exception {
    try (var peer = RawSocket.to(server.port())) {
      peer.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n");
      peer.send("GET /c HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

      assertThat(peer.readTextToEnd().split("HTTP/1.1 200 OK\r\n", -1)).hasSize(4);
    }
    assertThat(EVENTS.rest()).containsExactly("served /a", "served /b", "served /c");
  }

  @Test
  void aHandshakeMayFollowPlainRequestsInTheSameSegment() throws Exception {
    try (var peer = RawSocket.to(server.port())) {
      peer.send(join(ascii("GET /a HTTP/1.1\r\nHost: a\r\n\r\n"), request("/")));

      assertThat(peer.readHead()).startsWith("HTTP/1.1 200 ");
      assertThat(new String(peer.read(6), ISO_8859_1)).isEqualTo("served");
      assertThat(peer.readHead()).startsWith("HTTP/1.1 101 ");
    }
    assertThat(EVENTS.next()).isEqualTo("served /a");
    assertThat(EVENTS.toClose()).containsExactly("open", "close 1006");
  }

  @Test
  void hs17AHookThatChoosesWhatWasNotOfferedGets500() throws Exception {
    try (var log = LogCapture.start();
        var wrong =
            WebSocketServer.at("127.0.0.1:0")
                .handshake(handshake -> Decision.accept().subprotocol("a\r\nSet-Cookie: x"))
                .callbacks("/", EVENTS::watch)
                .start();
        var peer = RawSocket.to(wrong.port())) {
      peer.send(request("/"));

      assertThat(peer.readTextToEnd()).startsWith("HTTP/1.1 500 ").doesNotContain("Set-Cookie");
      assertThat(log.text()).contains("the handshake hook failed at /");
    }
  }

  @Test
  void headersOfTheHookAreSentWithThe101() throws Exception {
    var cookie = new Decision.Accept(null, Headers.of("Set-Cookie", "a=b"), null);
    try (var setting =
            WebSocketServer.at("127.0.0.1:0")
                .handshake(handshake -> cookie)
                .callbacks("/", ws -> {})
                .start();
        var peer = RawSocket.to(setting.port())) {
      assertThat(peer.send(request("/")).readHead()).contains("\r\nSet-Cookie: a=b\r\n");
    }
  }

  private static String answer(String request) throws Exception {
    try (var peer = RawSocket.to(server.port())) {
      return peer.send(request).readTextToEnd();
    }
  }

  private static String tokens(int count) {
    return IntStream.range(0, count).mapToObj(i -> "v" + i).collect(Collectors.joining(", "))
        + "\r\n";
  }

  private static String with(String fields) {
    return new String(request("/", fields), ISO_8859_1);
  }

  private static String changed(String from, String to) {
    String request = with("");
    assertThat(request).contains(from);
    return request.replace(from, to);
  }
}
