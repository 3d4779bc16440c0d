package dev.priz.wire;

import static dev.priz.wire.Wire.HELLO;
import static dev.priz.wire.Wire.ascii;
import static dev.priz.wire.Wire.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.HandshakeRefusedException;
import dev.priz.ProxyOptions;
import dev.priz.WebSocket;
import dev.priz.WebSocketClient;
import dev.priz.WebSocketClientBuilder;
import dev.priz.WebSocketException;
import dev.priz.protocol.Timeouts;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proxies between our client and a server. */
@ParameterizedClass
@EnumSource
class ProxyTest {
  private static final String CREDENTIALS = "Proxy-Authorization: Basic YWRhOnPDqWNyZXQ6eA==\r\n";
  private static final String OPENED = "HTTP/1.1 200 Connection established\r\n\r\n";
  private static final String ASKING =
      "HTTP/1.1 407 Who are you?\r\nProxy-Authenticate: Negotiate, Basic realm=\"a, b\"\r\n"
          + "Content-Length: 100000\r\n\r\nbody";

  private final Events events = new Events();
  private final Wiring wiring;

  ProxyTest(Wiring wiring) {
    this.wiring = wiring;
  }

  @Test
  @DisplayName("HC-18 a tunnel through a proxy, which gets no credentials unasked")
  void aTunnel() throws Exception {
    try (var server = greeting();
        var proxy = proxy(OPENED);
        var client = client(proxy).build()) {
      assertGreeted(client, server);

      assertThat(events.next()).isEqualTo(question(server, ""));
      assertThat(events.next()).startsWith("GET / ").doesNotContain("Proxy-");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 5", "Transfer-Encoding: chunked"})
  @DisplayName("HC-18 a 200 has no body, whatever it declares")
  void a200HasNoBody(String declared) throws Exception {
    try (var server = greeting();
        var proxy = proxy("HTTP/1.0 200 OK\r\n" + declared + "\r\n\r\n");
        var client = client(proxy).build()) {
      assertGreeted(client, server);
    }
  }

  @Test
  @DisplayName("HC-18 a 407 is answered once, and the server never sees the credentials")
  void a407IsAnsweredOnce() throws Exception {
    try (var server = greeting();
        var proxy =
            RawServer.start(peer -> {
              String question = peer.readHead();
              events.add(question);
              if (question.contains(CREDENTIALS)) {
                peer.send(OPENED);
                Tunnel.run(peer, server.port());
              } else {
                peer.send(ASKING);
                assertThat(peer.readToEnd()).isEmpty();
              }
            });
        var client = withCredentials(proxy).build()) {
      assertGreeted(client, server);

      assertThat(events.next()).isEqualTo(question(server, ""));
      assertThat(events.next()).isEqualTo(question(server, CREDENTIALS));
      assertThat(events.next()).startsWith("GET / ").doesNotContain("Proxy-", "Basic");
    }
  }

  @Test
  @DisplayName("HC-18 a second 407 fails, and is not answered again")
  void aSecond407Fails() throws Exception {
    try (var proxy =
            RawServer.start(peer -> {
              events.add(peer.readHead());
              peer.send(ASKING);
              assertThat(peer.readToEnd()).isEmpty();
            });
        var client = withCredentials(proxy).build()) {
      assertFails(client, proxy, "refused the credentials, with the status 407");

      assertThat(events.next()).doesNotContain("Proxy-Authorization");
      assertThat(events.next()).contains(CREDENTIALS);
      assertThat(events.rest()).isEmpty();
    }
  }

  @Test
  @DisplayName("HC-18 a 407 fails where there are no credentials, or not of the kind")
  void a407FailsWhereThereAreNoCredentials() throws Exception {
    String digest = "HTTP/1.1 407 No\r\nProxy-Authenticate: Digest realm=\"Basic \"\r\n\r\n";
    try (var proxy = RawServer.answering(ASKING);
        var client = client(proxy).build()) {
      assertFails(client, proxy, "asks for credentials, and none were given");
    }
    try (var proxy = RawServer.answering(digest);
        var client = withCredentials(proxy).build()) {
      assertFails(client, proxy, "asks for credentials of another kind than Basic");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 403, 502, 504})
  @DisplayName("HC-18 another status fails; a redirect of the proxy's is not followed")
  void anotherStatusFails(int status) throws Exception {
    String answer = "HTTP/1.1 " + status + " No\r\nLocation: ws://127.0.0.1/\r\n\r\nwhy";
    try (var proxy = RawServer.answering(answer);
        var client = client(proxy).followRedirects().build()) {
      assertFails(client, proxy, "answered with the status " + status);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nX: "})
  @DisplayName("HC-18 a proxy that never answers is given up at the deadline")
  void aProxyThatNeverAnswers(String start) throws Exception {
    try (var proxy =
            RawServer.start(peer -> {
              peer.readHead();
              peer.send(start);
              assertThat(peer.readToEnd()).isEmpty();
            });
        var client = hurried(proxy).build()) {
      assertFails(client, proxy, "did not answer the handshake within PT0.5S");
    }
  }

  @Test
  @DisplayName("HC-18 the deadline holds for a proxy that never answers the credentials")
  void aProxyThatNeverAnswersTheCredentials() throws Exception {
    try (var proxy =
            RawServer.start(peer -> {
              if (!peer.readHead().contains(CREDENTIALS)) peer.send(ASKING);
              peer.readToEnd();
            });
        var client =
            hurried(proxy).proxy(options(proxy).credentials("ada", "s\u00e9cret:x")).build()) {
      assertFails(client, proxy, "did not answer the handshake within PT0.5S");
    }
  }

  @Test
  @DisplayName("HC-18 the deadline holds for a server that never answers behind a proxy")
  void aServerThatNeverAnswersBehindAProxy() throws Exception {
    try (var proxy =
            RawServer.start(peer -> {
              peer.readHead();
              peer.send(OPENED);
              peer.readToEnd();
            });
        var client = hurried(proxy).build()) {
      assertThatThrownBy(() -> client.connect(wiring.scheme + "://nowhere.invalid"))
          .isInstanceOf(WebSocketException.class)
          .hasMessageEndingWith(": the server did not answer the handshake within PT0.5S");
    }
  }

  @Test
  @DisplayName("HC-18 bytes behind the 200 are the server's")
  void bytesBehindThe200AreTheServers() throws Exception {
    String early = "HTTP/1.1 503 Busy\r\nContent-Length: 3\r\n\r\nwhy";
    try (var proxy =
            RawServer.start(peer -> {
              peer.readHead();
              peer.send(OPENED + early);
              peer.readToEnd();
            });
        var client = client(proxy).build()) {
      assertThatThrownBy(() -> client.connect(wiring.scheme + "://nowhere.invalid"))
          .isInstanceOfSatisfying(
              WebSocketException.class,
              failure -> {
                switch (wiring) {
                  case PLAIN ->
                      assertThat(((HandshakeRefusedException) failure).bodyText()).isEqualTo("why");
                  case TLS -> assertThat(failure).hasMessageContaining("TLS");
                }
              });
    }
  }

  @Test
  @DisplayName("HC-18 a proxy that cannot be reached is named")
  void aProxyThatCannotBeReachedIsNamed() throws Exception {
    RawServer closed = RawServer.answering("");
    closed.close();
    try (var client = client(closed).build()) {
      assertFails(client, closed, ": connection refused");
    }
    var unknown = ProxyOptions.at("no-such-proxy.invalid", 80);
    try (var client = Wiring.client().proxy(unknown).build()) {
      assertThatThrownBy(() -> client.connect(wiring.scheme + "://nowhere.invalid"))
          .hasMessageEndingWith("the proxy no-such-proxy.invalid:80: unknown host");
    }
  }

  @Test
  @DisplayName("HC-18 up to five informational responses are skipped")
  void informationalResponsesAreSkipped() throws Exception {
    String informational = "HTTP/1.1 100 Continue\r\n\r\n";
    try (var server = greeting();
        var proxy = proxy(informational.repeat(5) + OPENED);
        var client = client(proxy).build()) {
      assertGreeted(client, server);
    }
    try (var proxy = RawServer.answering(informational.repeat(6));
        var client = client(proxy).build()) {
      assertThatThrownBy(() -> client.connect(wiring.scheme + "://nowhere.invalid"))
          .hasMessageEndingWith("too many 1xx responses");
    }
  }

  @Test
  @DisplayName("HC-18 what is not HTTP, an endless head and a proxy that leaves fail")
  void whatIsNotHttpFails() throws Exception {
    try (var proxy = RawServer.answering("SSH-2.0-OpenSSH_9.2\r\n\r\n");
        var client = client(proxy).build()) {
      assertFails(client, proxy, "'s response is not HTTP: .*");
    }
    try (var proxy =
            RawServer.start(peer -> {
              peer.readHead();
              peer.send("HTTP/1.1 200 OK\r\n");
              assertThat(peer.sendUntilRefused(ascii("X: y\r\n".repeat(100_000)), 1_000)).isTrue();
            });
        var client = client(proxy).build()) {
      assertFails(client, proxy, "'s response is not HTTP: .*16384.*");
    }
    try (var proxy = RawServer.start(RawSocket::readHead);
        var client = client(proxy).build()) {
      assertFails(client, proxy, "closed the connection during the handshake");
    }
  }

  @Test
  @DisplayName("HC-18, HC-11 a redirect goes through the proxy too")
  void aRedirectGoesThroughTheProxyToo() throws Exception {
    try (var server =
            RawServer.start(
                wiring,
                peer -> {
                  String request = peer.readHead();
                  if (request.startsWith("GET /next ")) {
                    peer.send(join(RawServer.opening(request), HELLO));
                    peer.readToEnd();
                  } else {
                    peer.send("HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 0\r\n\r\n");
                  }
                });
        var proxy =
            RawServer.start(peer -> {
              events.add(peer.readHead());
              peer.send(OPENED);
              Tunnel.run(peer, server.port());
            });
        var client = client(proxy).followRedirects().build()) {
      assertGreeted(client, server);

      assertThat(events.next()).isEqualTo(question(server, ""));
      assertThat(events.next()).isEqualTo(question(server, ""));
    }
  }

  private RawServer greeting() throws Exception {
    return RawServer.start(
        wiring,
        peer -> {
          String request = peer.readHead();
          events.add(request);
          peer.send(RawServer.opening(request, HELLO));
          peer.readToEnd();
        });
  }

  // Notes the question, sends an answer, and connects to the port that was asked for.
  private RawServer proxy(String answer) throws Exception {
    return RawServer.start(peer -> {
      String question = peer.readHead();
      events.add(question);
      peer.send(answer);
      String authority = question.substring("CONNECT ".length(), question.indexOf(" HTTP/1.1"));
      Tunnel.run(peer, Integer.parseInt(authority.substring(authority.indexOf(':') + 1)));
    });
  }

  private static String question(RawServer server, String more) {
    String authority = "127.0.0.1:" + server.port();
    return "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n" + more + "\r\n";
  }

  private static void assertGreeted(WebSocketClient client, RawServer server) {
    WebSocket ws = client.connect(server.address());
    assertThat(ws.receive().text()).isEqualTo("Hello");
    ws.abort();
  }

  private void assertFails(WebSocketClient client, RawServer proxy, String how) {
    String address = wiring.scheme + "://nowhere.invalid";
    assertThatThrownBy(() -> client.connect(address))
        .isInstanceOf(WebSocketException.class)
        .isNotInstanceOf(HandshakeRefusedException.class)
        .message()
        .matches(
            "cannot connect to " + address + "/: the proxy 127.0.0.1:" + proxy.port() + " ?" + how);
  }

  private static WebSocketClientBuilder client(RawServer proxy) {
    return Wiring.client().proxy(options(proxy));
  }

  private static WebSocketClientBuilder withCredentials(RawServer proxy) {
    return Wiring.client().proxy(options(proxy).credentials("ada", "s\u00e9cret:x"));
  }

  private static WebSocketClientBuilder hurried(RawServer proxy) {
    return client(proxy).timeouts(Timeouts.DEFAULT.handshake(Duration.ofMillis(500)));
  }

  private static ProxyOptions options(RawServer proxy) {
    return ProxyOptions.at("127.0.0.1", proxy.port());
  }
}
