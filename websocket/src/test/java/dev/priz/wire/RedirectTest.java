package dev.priz.wire;

import static dev.priz.wire.Wire.HELLO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.priz.HandshakeRefusedException;
import dev.priz.Redirect;
import dev.priz.RedirectPolicy;
import dev.priz.WebSocket;
import dev.priz.WebSocketClient;
import dev.priz.WebSocketException;
import dev.priz.protocol.Timeouts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that send our client elsewhere. */
class RedirectTest {
  private final Events events = new Events();

  @Test
  @DisplayName("HC-11 a redirect is a refusal unless redirects are enabled")
  void aRedirectIsARefusalUnlessEnabled() throws Exception {
    try (var client = Wiring.client().build();
        var server = redirecting(Wiring.PLAIN, "/next")) {
      var refused = refused(client, server.address());

      assertThat(refused).hasMessageEndingWith("refused: status is 302, expected 101");
      assertThat(refused.headers().first("Location")).isEqualTo("/next");
      assertThat(events.next()).startsWith("GET / ");
      assertThat(events.rest()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"PLAIN,301", "PLAIN,302", "PLAIN,303", "PLAIN,307", "PLAIN,308", "TLS,302"})
  @DisplayName("HC-11 a redirect to the same origin is followed, and keeps all header fields")
  void aRedirectToTheSameOriginIsFollowed(Wiring wiring, int status) throws Exception {
    try (var client = following(RedirectPolicy.SAME_ORIGIN);
        var server =
            RawServer.start(
                wiring,
                peer -> {
                  String request = peer.readHead();
                  events.add(request);
                  if (request.startsWith("GET /a/b ")) {
                    peer.send(redirect(status, "../c?d"));
                    assertThat(peer.readToEnd()).isEmpty();
                  } else {
                    peer.send(RawServer.opening(request, HELLO));
                    peer.readToEnd();
                  }
                })) {
      WebSocket ws = client.connect(server.address() + "/a/b");

      assertThat(ws.receive().text()).isEqualTo("Hello");
      assertThat(ws.request().target()).isEqualTo("/c?d");
      ws.abort();
      String first = events.next();
      String second = events.next();
      assertThat(second)
          .startsWith("GET /c?d HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\n")
          .contains("\r\nAuthorization: Bearer x\r\n", "\r\nCookie: a=b\r\n", "\r\nX-Own: y\r\n");
      assertThat(line("Sec-WebSocket-Key", second)).isNotEqualTo(line("Sec-WebSocket-Key", first));
    }
  }

  @Test
  @DisplayName("HC-11 five redirects are followed, the sixth is not")
  void fiveRedirectsAreFollowed() throws Exception {
    try (var client = following(RedirectPolicy.GUARDED);
        var server =
            RawServer.start(peer -> {
              String request = peer.readHead();
              int hop = Integer.parseInt(request.substring(5, request.indexOf(" HTTP")));
              events.add("" + hop);
              if (hop == 0) {
                peer.send(RawServer.opening(request));
                peer.readToEnd();
              } else {
                peer.send(redirect(302, "/" + (hop - 1)));
              }
            })) {
      client.connect(server.address() + "/5").abort();
      assertThat(drained(6)).containsExactly("5", "4", "3", "2", "1", "0");

      assertThat(refused(client, server.address() + "/6"))
          .hasMessageEndingWith("the redirect is not followed: it is one more than 5");
      assertThat(drained(6)).containsExactly("6", "5", "4", "3", "2", "1");
      assertThat(events.rest()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/#top", "/../", "//127.0.0.1:%d", "http://127.0.0.1:%d/"})
  @DisplayName("HC-11 a loop is detected")
  void aLoopIsDetected(String location) throws Exception {
    try (var client = following(RedirectPolicy.GUARDED);
        var server =
            RawServer.start(peer -> {
              peer.readHead();
              events.add("asked");
              peer.send(redirect(302, location.replace("%d", "" + peer.port())));
            })) {
      assertThat(refused(client, server.address()).status()).isEqualTo(302);
      assertThat(events.next()).isEqualTo("asked");
      assertThat(events.rest()).hasSizeLessThan(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"PLAIN,PLAIN", "PLAIN,TLS", "TLS,TLS"})
  @DisplayName("HC-12 credentials do not go to another host, port or scheme, not even by a detour")
  void credentialsDoNotGoElsewhere(Wiring from, Wiring to) throws Exception {
    try (var client = following(RedirectPolicy.GUARDED);
        var second =
            RawServer.start(
                to,
                peer -> {
                  String request = peer.readHead();
                  events.add(request);
                  if (request.startsWith("GET /again ")) {
                    peer.send(RawServer.opening(request));
                    peer.readToEnd();
                  } else {
                    peer.send(redirect(307, "/again"));
                  }
                });
        var first = redirecting(from, second.address().replace("ws", "http") + "/from-first")) {
      client.connect(first.address()).abort();

      assertThat(events.next()).contains("Authorization: Bearer x", "Cookie: a=b", "Proxy-X: z");
      for (String path : List.of("/from-first", "/again")) {
        assertThat(events.next())
            .startsWith("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + second.port() + "\r\n")
            .contains("\r\nX-Own: y\r\n")
            .doesNotContainIgnoringCase("Authorization:", "Cookie:", "Proxy-", "Bearer");
      }
    }
  }

  @Test
  @DisplayName("HC-12 credentials do not go to another host on the same port")
  void credentialsDoNotGoToAnotherHost() throws Exception {
    try (var client = following(RedirectPolicy.GUARDED);
        var server =
            RawServer.start(peer -> {
              String request = peer.readHead();
              events.add(request);
              if (request.contains("Host: localhost:")) {
                peer.send(RawServer.opening(request));
                peer.readToEnd();
              } else {
                peer.send(redirect(302, "ws://localhost:" + peer.port()));
              }
            })) {
      client.connect(server.address()).abort();

      assertThat(events.next()).contains("Authorization: ");
      assertThat(events.next()).doesNotContain("Authorization:", "Cookie:", "Proxy-");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ws", "http", "HTTP"})
  @DisplayName("HC-13 no redirect leads from wss to ws, whatever the policy")
  void noRedirectLeadsFromWssToWs(String scheme) throws Exception {
    try (var client = following(redirect -> true);
        var plain = RawServer.start(peer -> events.add("plain " + peer.readHead()));
        var server =
            redirecting(Wiring.TLS, scheme + plain.address().substring("ws".length()) + "/")) {
      assertThat(refused(client, server.address()))
          .hasMessageEndingWith("the redirect is not followed: it leads from wss to ws");
      assertThat(events.next()).startsWith("GET / ");
    }
    assertThat(events.rest()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "file:///etc/passwd,needs ws",
    "ftp://127.0.0.1/,needs ws",
    "ws://ada:secret@127.0.0.1/,has a user name",
    "ws:///,has no host",
    "ws://[fe80::1%25lo]/,IPv6 zone",
    "'ws://a b/',malformed"
  })
  @DisplayName("HC-14 a redirect to what is no WebSocket is refused")
  void aRedirectToWhatIsNoWebSocket(String location, String reason) throws Exception {
    try (var client = following(redirect -> true);
        var server = redirecting(Wiring.PLAIN, location)) {
      var refused = refused(client, server.address());

      assertThat(refused).hasMessageContaining("not followed: ").hasMessageContaining(reason);
      assertThat(refused).hasMessageNotContaining("secret");
      assertThat(refused.status()).isEqualTo(302);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest/meta-data/",
        "ws://[fe80::1]:80/",
        "ws://[::ffff:169.254.169.254]/"
      })
  @DisplayName("HC-14 a redirect to a link-local address is refused")
  void aRedirectToALinkLocalAddress(String location) throws Exception {
    try (var client = following(RedirectPolicy.GUARDED);
        var server = redirecting(Wiring.PLAIN, location)) {
      assertThat(refused(client, server.address()))
          .hasMessageEndingWith("the redirect is not followed: the policy does not allow it");
    }
  }

  @Test
  @DisplayName("HC-14 the policy sees each target")
  void thePolicySeesEachTarget() throws Exception {
    List<Redirect> seen = new ArrayList<>();
    RedirectPolicy policy =
        redirect -> {
          seen.add(redirect);
          return !redirect.to().target().equals("/two");
        };
    try (var client = following(policy);
        var server =
            RawServer.start(peer -> {
              boolean isFirst = peer.readHead().startsWith("GET / ");
              peer.send(redirect(isFirst ? 301 : 308, isFirst ? "/one" : "/two"));
            })) {
      assertThat(refused(client, server.address()))
          .hasMessageContaining("handshake with " + server.address() + "/one refused: ");

      assertThat(seen)
          .extracting(Redirect::status, each -> each.from() + " " + each.to())
          .containsExactly(
              tuple(301, server.address() + "/ " + server.address() + "/one"),
              tuple(308, server.address() + "/one " + server.address() + "/two"));
      assertThat(seen.getFirst().fromAddress().isLoopbackAddress()).isTrue();
      assertThat(seen.getFirst().toAddresses()).containsExactly(seen.getFirst().fromAddress());
    }
  }

  @Test
  @DisplayName("HC-14 a policy that throws fails the attempt")
  void aPolicyThatThrows() throws Exception {
    RedirectPolicy broken =
        redirect -> {
          throw new IllegalStateException("out of order");
        };
    try (var client = following(broken);
        var server = redirecting(Wiring.PLAIN, "/next")) {
      assertThatThrownBy(() -> client.connect(server.address()))
          .isInstanceOf(WebSocketException.class)
          .hasMessageContaining("out of order");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("HC-11 a redirect does not wait for its body, and its deadline covers the next one")
  void theDeadlineCoversAll(Wiring wiring) throws Exception {
    try (var client =
            Wiring.client()
                .followRedirects()
                .timeouts(Timeouts.DEFAULT.handshake(Duration.ofMillis(1_500)))
                .build();
        var server =
            RawServer.start(
                wiring,
                peer -> {
                  if (peer.readHead().startsWith("GET / ")) {
                    peer.send("HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 9\r\n\r\n");
                  } else {
                    events.add("next");
                  }
                  peer.readToEnd();
                })) {
      long start = System.nanoTime();

      assertThatThrownBy(() -> client.connect(server.address()))
          .hasMessageContaining("/next (redirected from " + server.address() + "/)")
          .hasMessageEndingWith("did not answer the handshake within PT1.5S");
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(1_400), Duration.ofSeconds(5));
      assertThat(events.next()).isEqualTo("next");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Location: /a\r\nLocation: /b\r\n"})
  @DisplayName("HC-11 a redirect without one place to go to is a refusal")
  void withoutOnePlaceToGoTo(String fields) throws Exception {
    try (var client = following(RedirectPolicy.GUARDED);
        var server =
            RawServer.answering("HTTP/1.1 302 Found\r\n" + fields + "Content-Length: 0\r\n\r\n")) {
      assertThat(refused(client, server.address()))
          .hasMessageEndingWith("it does not name one address");
    }
  }

  private static WebSocketClient following(RedirectPolicy policy) {
    return Wiring.client()
        .followRedirects(policy)
        .header("Authorization", "Bearer x")
        .header("Cookie", "a=b")
        .header("Proxy-X", "z")
        .header("X-Own", "y")
        .build();
  }

  private RawServer redirecting(Wiring wiring, String location) throws Exception {
    return RawServer.start(
        wiring,
        peer -> {
          events.add(peer.readHead());
          peer.send(redirect(302, location));
        });
  }

  private static String redirect(int status, String location) {
    return "HTTP/1.1 "
        + status
        + " Elsewhere\r\nLocation: "
        + location
        + "\r\nContent-Length: 0\r\n\r\n";
  }

  private List<String> drained(int count) throws InterruptedException {
    List<String> next = new ArrayList<>();
    for (int i = 0; i < count; i++) next.add(events.next());
    return next;
  }

  private static String line(String field, String head) {
    int start = head.indexOf("\r\n" + field + ": ");
    assertThat(start).isPositive();
    return head.substring(start, head.indexOf("\r\n", start + 2));
  }

  private static HandshakeRefusedException refused(WebSocketClient client, String address) {
    var refused =
        catchThrowableOfType(HandshakeRefusedException.class, () -> client.connect(address));
    assertThat(refused).isNotNull();
    return refused;
  }
}
