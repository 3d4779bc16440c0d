package dev.priz.protocol;

import static dev.priz.protocol.SampleRequest.KEY;
import static dev.priz.protocol.SampleRequest.PROPER;
import static dev.priz.protocol.SampleRequest.get;
import static dev.priz.protocol.SampleRequest.with;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.protocol.ServerHandshake.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which requests are proper handshakes; {@code ServerHandshakeAnswerTest} has the answer to them.
 */
class ServerHandshakeTest {
  private static Finding examine(Request request) {
    return ServerHandshake.examine(request, OriginPolicy.sameOrigin(), false, null);
  }

  private static Response refused(Request request) {
    return ((Finding.Refused) examine(request)).response();
  }

  private static ServerHandshake proper(Request request) {
    return ((Finding.Proper) examine(request)).handshake();
  }

  private static Response accepted(Request request) {
    return proper(request).accept(null, Headers.EMPTY);
  }

  private static String text(Response response) {
    return new String(response.body(), UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "HEAD", "OPTIONS", "CONNECT", "get", ""})
  void hs02RefusesOtherMethods(String method) {
    Response response = refused(new Request(method, "/chat", "HTTP/1.1", PROPER));

    assertThat(response.status()).isEqualTo(405);
    assertThat(response.headers().first("Allow")).isEqualTo("GET");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.0", "HTTP/0.9", "HTTP/2.0", ""})
  void hs03RefusesOtherVersionsOfHttp(String version) {
    Response response = refused(new Request("GET", "/chat", version, PROPER));

    assertThat(response.status()).isEqualTo(400);
    assertThat(text(response)).contains("proxy_http_version 1.1");
  }

  @Test
  void hs04RefusesRequestWithoutUpgrade() {
    Response response = refused(with("Upgrade"));

    assertThat(response.status()).isEqualTo(426);
    assertThat(response.headers().first("Upgrade")).isEqualTo("websocket");
  }

  @Test
  void hs04RefusesUpgradeToSomethingElse() {
    Response response = refused(with("Upgrade", "h2c"));

    assertThat(response.status()).isEqualTo(426);
    assertThat(response.headers().first("Upgrade")).isEqualTo("websocket");
  }

  @Test
  void hs04NamesUpgradeInTheConnectionField() {
    assertThat(refused(with("Upgrade")).headers().hasToken("Connection", "Upgrade")).isTrue();
  }

  @Test
  void hs05RefusesConnectionWithoutUpgrade() {
    Response response = refused(with("Connection", "keep-alive"));

    assertThat(response.status()).isEqualTo(400);
    assertThat(text(response)).contains("proxy_set_header Connection");
  }

  @Test
  void hs05RefusesRequestWithoutConnection() {
    assertThat(refused(with("Connection")).status()).isEqualTo(400);
  }

  @Test
  void hs06ReadsConnectionAsAListWithoutRegardToCase() {
    assertThat(accepted(with("Connection", "keep-alive, UPGRADE")).status()).isEqualTo(101);
  }

  @Test
  void hs06ReadsUpgradeWithoutRegardToCase() {
    assertThat(accepted(with("Upgrade", "WebSocket")).status()).isEqualTo(101);
  }

  @Test
  void hs07RefusesMissingHost() {
    assertThat(refused(with("Host")).status()).isEqualTo(400);
  }

  @Test
  void hs07RefusesTwoHosts() {
    assertThat(refused(with("Host", "example.com", "example.com")).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a/b", "a,b"})
  void hs07RefusesImproperHost(String host) {
    assertThat(refused(with("Host", host)).status()).isEqualTo(400);
  }

  @Test
  void hs08RefusesMissingKey() {
    assertThat(refused(with("Sec-WebSocket-Key")).status()).isEqualTo(400);
  }

  @Test
  void hs08RefusesTwoKeys() {
    assertThat(refused(with("Sec-WebSocket-Key", KEY, KEY)).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "AAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAA*==",
        "AAAAAAAAAAAAAAAAAAAAAé=="
      })
  void hs09RefusesKeyThatIsNotSixteenBytes(String key) {
    assertThat(refused(with("Sec-WebSocket-Key", key)).status()).isEqualTo(400);
  }

  @Test
  void hs09RefusesKeyOfTenKibibytes() {
    assertThat(refused(with("Sec-WebSocket-Key", "A".repeat(10_240))).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "12", "x", "13, 8", "8, 13", "013", "130", "-13"})
  void hs12RefusesOtherVersions(String version) {
    Response response = refused(with("Sec-WebSocket-Version", version));

    assertThat(response.status()).isEqualTo(426);
    assertThat(response.headers().all("Sec-WebSocket-Version")).containsExactly("13");
    assertThat(response.headers().all("Upgrade")).containsExactly("websocket");
  }

  @Test
  void hs12RefusesMissingVersion() {
    assertThat(refused(with("Sec-WebSocket-Version")).status()).isEqualTo(426);
  }

  @Test
  void hs12RefusesTwoVersions() {
    assertThat(refused(with("Sec-WebSocket-Version", "13", "13")).status()).isEqualTo(426);
  }

  @Test
  void hs12IgnoresBlanksAroundTheVersion() {
    assertThat(accepted(with("Sec-WebSocket-Version", " 13 ")).status()).isEqualTo(101);
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "8"})
  void hs14RefusesDraftVersions(String version) {
    assertThat(refused(with("Sec-WebSocket-Version", version)).status()).isEqualTo(426);
  }

  @Test
  void hs14RefusesDraft76() {
    Headers draft =
        Headers.of(
            "Host", "example.com",
            "Connection", "Upgrade",
            "Upgrade", "WebSocket",
            "Sec-WebSocket-Key1", "4 @1  46546xW%0l 1 5",
            "Sec-WebSocket-Key2", "12998 5 Y3 1  .P00");

    assertThat(refused(new Request("GET", "/demo", "HTTP/1.1", draft)).status()).isEqualTo(426);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "99999999999", "0, 5", "0, 0", "+5", "+0", "-1", "", "x"})
  void hs18RefusesContentLength(String length) {
    assertThat(refused(with("Content-Length", length)).status()).isEqualTo(400);
  }

  @Test
  void hs18TakesContentLengthOfZero() {
    assertThat(accepted(with("Content-Length", "0")).status()).isEqualTo(101);
  }

  @Test
  void hs20RefusesTwoContentLengths() {
    assertThat(refused(with("Content-Length", "0", "0")).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"chunked", "chunked, xchunked", "identity", ""})
  void hs19RefusesTransferEncoding(String encoding) {
    assertThat(refused(with("Transfer-Encoding", encoding)).status()).isEqualTo(400);
  }

  @Test
  void hs22RefusesAbsoluteFormForAnotherHost() {
    assertThat(refused(get("http://evil.example/chat")).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://example.com/chat", "ws://EXAMPLE.com", "https://example.com?a=b"})
  void hs22TakesAbsoluteFormForTheSameHost(String target) {
    assertThat(accepted(get(target)).status()).isEqualTo(101);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/chat#a", "/#", "/?a#b"})
  void hs22RefusesFragment(String target) {
    assertThat(refused(get(target)).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "*", "chat", "//evil/..%2f", "/../chat", "/%2e%2e/chat", "/%zz", "/%00"})
  void hs22RefusesMalformedTarget(String target) {
    assertThat(refused(get(target)).status()).isEqualTo(400);
  }

  @Test
  void hs30RefusesForeignOrigin() {
    Response response = refused(with("Origin", "https://evil.example"));

    assertThat(response.status()).isEqualTo(403);
    assertThat(text(response)).startsWith("origin https://evil.example is not allowed");
  }

  @Test
  void hs30ComparesSchemesOverTls() {
    Request request = with("Origin", "http://example.com:443");

    assertThat(ServerHandshake.examine(request, OriginPolicy.sameOrigin(), true, null))
        .isInstanceOf(Finding.Refused.class);
  }

  @Test
  void hs31RefusesTwoOrigins() {
    Request request = with("Origin", "http://example.com", "http://example.com");

    assertThat(refused(request).status()).isEqualTo(403);
  }

  @Test
  void takesTheSameOrigin() {
    assertThat(accepted(with("Origin", "http://example.com")).status()).isEqualTo(101);
  }

  @Test
  void hs38ReadsTwoUpgradeLinesAsOneList() {
    assertThat(accepted(with("Upgrade", "h2c", "websocket")).status()).isEqualTo(101);
  }

  @Test
  void hs38ReadsTheSameUpgradeTwice() {
    assertThat(accepted(with("Upgrade", "websocket", "websocket")).status()).isEqualTo(101);
  }

  @Test
  void hs38ReadsTwoConnectionLinesAsOneList() {
    assertThat(accepted(with("Connection", "keep-alive", "Upgrade")).status()).isEqualTo(101);
  }

  @Test
  void takesExtensionsThatItDoesNotKnow() {
    Response response = accepted(with("Sec-WebSocket-Extensions", "foo; bar=1, baz"));

    assertThat(response.status()).isEqualTo(101);
    assertThat(response.headers().has("Sec-WebSocket-Extensions")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"foo;", "foo=1", "foo bar"})
  void refusesMalformedExtensions(String value) {
    assertThat(refused(with("Sec-WebSocket-Extensions", value)).status()).isEqualTo(400);
  }
}
