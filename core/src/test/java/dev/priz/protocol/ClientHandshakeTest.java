package dev.priz.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientHandshakeTest {
  private static final byte[] NONCE = "the sample nonce".getBytes(US_ASCII);
  private static final WebSocketUri URI = WebSocketUri.parse("ws://example.com:8080/chat?room=1");
  private static final Headers PROPER =
      Headers.of(
          "Upgrade", "websocket",
          "Connection", "Upgrade",
          "Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");

  private static ClientHandshake offering(String... subprotocols) {
    return new ClientHandshake(URI, List.of(subprotocols), Headers.EMPTY, null, NONCE);
  }

  private static ClientHandshake with(String name, String value) {
    return new ClientHandshake(URI, List.of(), Headers.of(name, value), null, NONCE);
  }

  /** Judges a proper response with these values of one field in place of its own. */
  private static String refusal(String name, String... values) {
    List<String> fields = new ArrayList<>();
    PROPER.forEach((ownName, value) -> {
      if (!ownName.equals(name)) fields.addAll(List.of(ownName, value));
    });
    for (String value : values) fields.addAll(List.of(name, value));
    return offering("chat", "superchat").refusal(101, "HTTP/1.1", Headers.of(fields));
  }

  @Test
  void asksForTheTargetOfTheAddress() {
    Request request = offering().request();

    assertThat(request.method()).isEqualTo("GET");
    assertThat(request.target()).isEqualTo("/chat?room=1");
    assertThat(request.version()).isEqualTo("HTTP/1.1");
  }

  // RFC 6455 §4.1 lists what the request must have.
  @Test
  void requestHasTheFieldsOfTheHandshakeAndNoOthers() {
    List<String> fields = new ArrayList<>();

    offering().request().headers().forEach((name, value) -> fields.add(name + ": " + value));

    assertThat(fields)
        .containsExactly(
            "Host: example.com:8080",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version: 13");
  }

  @Test
  void requestOffersSubprotocolsInOneField() {
    assertThat(offering("chat", "superchat").request().headers().all("Sec-WebSocket-Protocol"))
        .containsExactly("chat, superchat");
  }

  @Test
  void requestCarriesFurtherFields() {
    assertThat(with("Authorization", "Bearer 1").request().headers().first("Authorization"))
        .isEqualTo("Bearer 1");
  }

  @Test
  void serverOfOursTakesTheRequest() {
    Request request = offering("chat").request();

    assertThat(ServerHandshake.examine(request, OriginPolicy.sameOrigin(), false, null))
        .isInstanceOf(ServerHandshake.Finding.Proper.class);
  }

  @Test
  void keepsNoNonce() {
    byte[] nonce = NONCE.clone();
    var handshake = new ClientHandshake(URI, List.of(), Headers.EMPTY, null, nonce);

    nonce[0] = 0;

    assertThat(handshake.request().headers().first("Sec-WebSocket-Key"))
        .isEqualTo("dGhlIHNhbXBsZSBub25jZQ==");
  }

  @Test
  void refusesNonceOfAnotherLength() {
    assertThatThrownBy(() -> new ClientHandshake(URI, List.of(), Headers.EMPTY, null, new byte[15]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("nonce is 15 bytes, needed are 16");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a,b", "a\r\nX: y", "é"})
  void refusesSubprotocolThatIsNoToken(String subprotocol) {
    assertThatThrownBy(() -> offering("chat", subprotocol))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("is not a token");
  }

  @Test
  void refusesSubprotocolTwice() {
    assertThatThrownBy(() -> offering("chat", "superchat", "chat"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("subprotocols [chat, superchat, chat] are not distinct");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Sec-WebSocket-Key", "Upgrade", "Connection", "host"})
  @DisplayName("HC-16 refuses fields of the handshake")
  void refusesFieldsOfTheHandshake(String name) {
    assertThatThrownBy(() -> with(name, "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("header " + name + " is set by the handshake itself");
  }

  @Test
  void takesTheProperResponse() {
    assertThat(offering().refusal(101, "HTTP/1.1", PROPER)).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 200, 302, 401, 403, 426, 503})
  @DisplayName("HC-04 refuses other status")
  void refusesOtherStatus(int status) {
    assertThat(offering().refusal(status, "HTTP/1.1", PROPER))
        .isEqualTo("status is " + status + ", expected 101");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.0", "HTTP/2.0", "http/1.1"})
  @DisplayName("HC-04 refuses other version")
  void refusesOtherVersion(String version) {
    assertThat(offering().refusal(101, version, PROPER))
        .isEqualTo("response is " + version + ", expected HTTP/1.1");
  }

  @Test
  @DisplayName("HC-03 refuses response without upgrade")
  void refusesResponseWithoutUpgrade() {
    assertThat(refusal("Upgrade")).isEqualTo("Upgrade: websocket is missing");
  }

  @Test
  @DisplayName("HC-03 refuses upgrade to something else")
  void refusesUpgradeToSomethingElse() {
    assertThat(refusal("Upgrade", "h2c")).isEqualTo("Upgrade: websocket is missing");
  }

  @Test
  @DisplayName("HC-03 refuses response without connection")
  void refusesResponseWithoutConnection() {
    assertThat(refusal("Connection")).isEqualTo("Connection: Upgrade is missing");
  }

  @Test
  @DisplayName("HC-03 refuses connection without upgrade")
  void refusesConnectionWithoutUpgrade() {
    assertThat(refusal("Connection", "close")).isEqualTo("Connection: Upgrade is missing");
  }

  @Test
  @DisplayName("HC-03 reads upgrade without regard to case")
  void readsUpgradeWithoutRegardToCase() {
    assertThat(refusal("Upgrade", "WebSocket")).isNull();
  }

  @Test
  @DisplayName("HC-03 reads connection as a list")
  void readsConnectionAsAList() {
    assertThat(refusal("Connection", "keep-alive, upgrade")).isNull();
  }

  @Test
  @DisplayName("HC-02 refuses missing accept")
  void refusesMissingAccept() {
    assertThat(refusal("Sec-WebSocket-Accept"))
        .isEqualTo("Sec-WebSocket-Accept does not answer the key");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "dGhlIHNhbXBsZSBub25jZQ==",
        "s3pplmbitxaq9kygzzhzrbk+xoo=",
        "s3pPLMBiTxaQ9kYGzzhZRbK+xOo",
        "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=, s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
      })
  @DisplayName("HC-02 refuses wrong accept")
  void refusesWrongAccept(String accept) {
    assertThat(refusal("Sec-WebSocket-Accept", accept))
        .isEqualTo("Sec-WebSocket-Accept does not answer the key");
  }

  @Test
  @DisplayName("HC-02 refuses accept twice")
  void refusesAcceptTwice() {
    String right = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    assertThat(refusal("Sec-WebSocket-Accept", right, right))
        .isEqualTo("Sec-WebSocket-Accept does not answer the key");
  }

  // RFC 6455 §4.1: the value is compared "ignoring any leading and trailing whitespace"
  @Test
  @DisplayName("HC-02 ignores blanks around accept")
  void ignoresBlanksAroundAccept() {
    assertThat(refusal("Sec-WebSocket-Accept", " s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\t")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"chat", "superchat", " chat "})
  void takesSubprotocolThatWasOffered(String subprotocol) {
    assertThat(refusal("Sec-WebSocket-Protocol", subprotocol)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "other", "Chat", "chat, superchat"})
  @DisplayName("HC-07 refuses subprotocol that was not offered")
  void refusesSubprotocolThatWasNotOffered(String subprotocol) {
    assertThat(refusal("Sec-WebSocket-Protocol", subprotocol))
        .isEqualTo("the server chose a subprotocol that was not offered");
  }

  @Test
  @DisplayName("HC-07 refuses two subprotocols")
  void refusesTwoSubprotocols() {
    assertThat(refusal("Sec-WebSocket-Protocol", "chat", "superchat"))
        .isEqualTo("the server chose a subprotocol that was not offered");
  }

  @ParameterizedTest
  @ValueSource(strings = {"permessage-deflate", "foo, foo"})
  @DisplayName("HC-08 refuses extension that was not offered")
  void refusesExtensionThatWasNotOffered(String extension) {
    assertThat(refusal("Sec-WebSocket-Extensions", extension))
        .isEqualTo("the server chose an extension that was not offered");
  }

  @Test
  void refusesMalformedExtensions() {
    assertThat(refusal("Sec-WebSocket-Extensions", "foo;"))
        .isEqualTo("Sec-WebSocket-Extensions is malformed");
  }

  @Test
  void takesEmptyListOfExtensions() {
    assertThat(refusal("Sec-WebSocket-Extensions", "")).isNull();
  }

  // RFC 9110 §8.6 and RFC 9112 §6.1: a 101 has no content, whatever its fields say.
  @Test
  @DisplayName("HC-09 ignores content length")
  void ignoresContentLength() {
    assertThat(refusal("Content-Length", "5")).isNull();
  }

  @Test
  @DisplayName("HC-09 ignores transfer encoding")
  void ignoresTransferEncoding() {
    assertThat(refusal("Transfer-Encoding", "chunked")).isNull();
  }

  @Test
  void subprotocolIsTheOneChosen() {
    assertThat(ClientHandshake.subprotocol(Headers.of("sec-websocket-protocol", " chat ")))
        .isEqualTo("chat");
  }

  @Test
  void subprotocolIsNullWhereNoneWasChosen() {
    assertThat(ClientHandshake.subprotocol(PROPER)).isNull();
  }
}
