package dev.priz.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.protocol.ServerHandshake.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How both sides of the opening handshake agree on compression (RFC 7692 §5). */
final class HandshakeDeflateTest {
  private static final WebSocketUri URI = WebSocketUri.parse("ws://example.com/");
  private static final DeflateOptions TAKEOVER =
      DeflateOptions.SHARED.send(true, 15).receive(true, 15);

  @Test
  void bothSidesAgreeOnTheSame() {
    ClientHandshake client = client(DeflateOptions.DEDICATED);
    ServerHandshake server = server(client.request(), TAKEOVER);

    Headers answer = server.accept(null, Headers.EMPTY).headers();

    assertThat(answer.all("Sec-WebSocket-Extensions"))
        .containsExactly(
            "permessage-deflate; server_max_window_bits=12; client_max_window_bits=12");
    assertThat(server.deflate()).isEqualTo(new DeflateAgreement(true, 12, true, 12));
    assertThat(client.refusal(101, "HTTP/1.1", answer)).isNull();
    assertThat(client.deflate(answer)).isEqualTo(server.deflate());
  }

  @Test
  void aServerThatDoesNotCompressSaysNothing() {
    ClientHandshake client = client(DeflateOptions.SHARED);
    ServerHandshake server = server(client.request(), null);

    Headers answer = server.accept(null, Headers.EMPTY).headers();

    assertThat(answer.has("Sec-WebSocket-Extensions")).isFalse();
    assertThat(server.deflate()).isNull();
    assertThat(client.refusal(101, "HTTP/1.1", answer)).isNull();
    assertThat(client.deflate(answer)).isNull();
  }

  @Test
  void aClientThatDoesNotCompressOffersNothing() {
    Request request = client(null).request();

    assertThat(request.headers().has("Sec-WebSocket-Extensions")).isFalse();
    assertThat(server(request, DeflateOptions.SHARED).deflate()).isNull();
  }

  @Test
  @DisplayName("PD-11 passes over malformed offers")
  void passesOverMalformedOffers() {
    Request request =
        request(
            "permessage-deflate; server_max_window_bits=7, foo; bar=1",
            "permessage-deflate; baz, permessage-deflate; server_max_window_bits=9");

    ServerHandshake server = server(request, TAKEOVER);

    assertThat(server.accept(null, Headers.EMPTY).headers().first("Sec-WebSocket-Extensions"))
        .isEqualTo("permessage-deflate; server_max_window_bits=9");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "permessage-deflate; server_max_window_bits=7",
        "permessage-deflate; server_max_window_bits=16",
        "permessage-deflate; server_max_window_bits=08",
        "permessage-deflate; server_max_window_bits",
        "permessage-deflate; server_no_context_takeover; server_no_context_takeover",
        "permessage-deflate; server_no_context_takeover=1",
        "permessage-deflate; foo",
        // It was offered that neither keeps a context.
        "permessage-deflate"
      })
  @DisplayName("HC-10 refuses an answer that does not fit the offer")
  void refusesAnAnswerThatDoesNotFitTheOffer(String answer) {
    assertThat(refusal(DeflateOptions.SHARED, answer))
        .isEqualTo("the server's permessage-deflate does not answer the offer");
  }

  @Test
  @DisplayName("HC-10 takes a quoted value")
  void takesAQuotedValue() {
    assertThat(refusal(TAKEOVER, "permessage-deflate; server_max_window_bits=\"10\"")).isNull();
  }

  @Test
  @DisplayName("HC-08 refuses another extension, and the same one twice")
  void refusesWhatWasNotOffered() {
    assertThat(refusal(TAKEOVER, "foo"))
        .isEqualTo("the server chose an extension that was not offered");
    assertThat(refusal(TAKEOVER, "permessage-deflate, permessage-deflate"))
        .isEqualTo("the server chose an extension that was not offered");
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 9, 10, 11, 12, 13, 14, 15})
  @DisplayName("PD-13 keeps the window that the server asks for")
  void keepsTheWindowThatTheServerAsksFor(int bits) {
    ClientHandshake client = client(TAKEOVER);
    Headers answer = answer(client, "permessage-deflate; client_max_window_bits=" + bits);

    assertThat(client.refusal(101, "HTTP/1.1", answer)).isNull();
    assertThat(client.deflate(answer)).isEqualTo(new DeflateAgreement(true, 15, true, bits));
  }

  private static @Nullable String refusal(DeflateOptions options, String extensions) {
    ClientHandshake client = client(options);
    return client.refusal(101, "HTTP/1.1", answer(client, extensions));
  }

  private static Headers answer(ClientHandshake client, String extensions) {
    return server(client.request(), null)
        .accept(null, Headers.EMPTY)
        .headers()
        .with("Sec-WebSocket-Extensions", extensions);
  }

  private static ClientHandshake client(@Nullable DeflateOptions options) {
    return new ClientHandshake(URI, List.of(), Headers.EMPTY, options, new byte[16]);
  }

  private static Request request(String... extensions) {
    Request plain = client(null).request();
    Headers headers = plain.headers();
    for (String value : extensions) headers = headers.with("Sec-WebSocket-Extensions", value);
    return new Request(plain.method(), plain.target(), plain.version(), headers);
  }

  private static ServerHandshake server(Request request, @Nullable DeflateOptions options) {
    var finding = ServerHandshake.examine(request, OriginPolicy.sameOrigin(), false, options);
    return ((Finding.Proper) finding).handshake();
  }
}
