package dev.priz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client learns of a server that does not let it in. */
final class RefusedHandshakeTest {
  private WebSocketClient client;
  private RawServer server;

  @BeforeEach
  void open() throws Exception {
    client = WebSocketClient.builder().build();
    server = RawServer.listen();
  }

  @AfterEach
  void close() throws Exception {
    server.close();
    client.close();
  }

  @Test
  void givesStatusHeadersAndBody() throws Exception {
    var refusal =
        refusal("HTTP/1.1 429 Too Many\r\nRetry-After: 5\r\nContent-Length: 4\r\n\r\nlätr");

    assertThat(refusal.status()).isEqualTo(429);
    assertThat(refusal.headers().first("retry-after")).isEqualTo("5");
    assertThat(refusal.body()).hasSize(4);
    assertThat(refusal).hasMessageContaining("429").hasMessageContaining(server.address());
  }

  @Test
  void givesABodyInChunks() throws Exception {
    var refusal =
        refusal(
            "HTTP/1.1 403 No\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nno\r\n1\r\n!\r\n0\r\n\r\n");

    assertThat(refusal.bodyText()).isEqualTo("no!");
  }

  @Test
  void givesABodyThatEndsWithTheConnection() throws Exception {
    var opening = client.connectAsync(server.address());
    try (var peer = server.accept()) {
      assertThat(peer.readHead()).isNotEmpty();
      peer.sendText("HTTP/1.1 502 Bad Gateway\r\n\r\nupstream is down");
      peer.disconnect();
    }

    var refusal = (HandshakeRefusedException) Soon.failure(opening);

    assertThat(refusal.bodyText()).isEqualTo("upstream is down");
  }

  @Test
  void givesTheFirst8KiBOfALargerBody() throws Exception {
    var refusal =
        refusal("HTTP/1.1 500 Oops\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(100_000));

    assertThat(refusal.body()).hasSize(8 * 1024);
  }

  @Test
  void doesNotFollowRedirects() throws Exception {
    var refusal = refusal("HTTP/1.1 302 Found\r\nLocation: /new\r\nContent-Length: 0\r\n\r\n");

    assertThat(refusal.status()).isEqualTo(302);
    assertThat(refusal.headers().first("Location")).isEqualTo("/new");
    assertThat(refusal.body()).isEmpty();
  }

  @Test
  void skipsInformationalResponses() throws Exception {
    var refusal =
        refusal(
            """
            HTTP/1.1 103 Early Hints\r
            Link: </a>\r
            \r
            HTTP/1.1 404 Not Found\r
            Content-Length: 0\r
            \r
            """);

    assertThat(refusal.status()).isEqualTo(404);
  }

  @Test
  void refusesA101ThatDoesNotAnswerTheKey() throws Exception {
    var refusal =
        refusal(
            """
            HTTP/1.1 101 Switching Protocols\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Accept: c29tZXRoaW5nIGVsc2UgZW50aXI=\r
            \r
            """);

    assertThat(refusal.status()).isEqualTo(101);
    assertThat(refusal).hasMessageContaining("Sec-WebSocket-Accept");
  }

  @Test
  void refusesAPlain200() throws Exception {
    var refusal = refusal("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");

    assertThat(refusal.status()).isEqualTo(200);
    assertThat(refusal.bodyText()).isEqualTo("ok");
  }

  private HandshakeRefusedException refusal(String response) throws Exception {
    var opening = client.connectAsync(server.address());
    try (var peer = server.accept()) {
      assertThat(peer.readHead()).isNotEmpty();
      peer.send(response.getBytes(ISO_8859_1));

      return (HandshakeRefusedException) Soon.failure(opening);
    }
  }
}
