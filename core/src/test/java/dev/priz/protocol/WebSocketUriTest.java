package dev.priz.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketUriTest {
  @Test
  void readsAllParts() {
    assertThat(WebSocketUri.parse("wss://example.com:8443/chat?room=1"))
        .isEqualTo(new WebSocketUri(true, "example.com", 8_443, "/chat?room=1"));
  }

  @ParameterizedTest
  @CsvSource({
    "ws://a,80",
    "wss://a,443",
    "WS://a,80",
    "WsS://a,443",
    "ws://a:,80",
    "ws://a:443,443"
  })
  void portIsThatOfTheSchemeUnlessNamed(String address, int port) {
    assertThat(WebSocketUri.parse(address).port()).isEqualTo(port);
  }

  @ParameterizedTest
  @CsvSource({
    "ws://a,/",
    "ws://a/,/",
    "ws://a?x,/?x",
    "ws://a/?,/?",
    "ws://a/b%20c?d=%26,/b%20c?d=%26",
    "ws://a/é?ü=ş,/%C3%A9?%C3%BC=%C5%9F",
    "ws://a//,//",
    "ws://a//evil/x,//evil/x"
  })
  void targetIsPathAndQueryPercentEncoded(String address, String target) {
    assertThat(WebSocketUri.parse(address).target()).isEqualTo(target);
  }

  @ParameterizedTest
  @CsvSource({
    "ws://localhost,localhost",
    "ws://127.0.0.1:80,127.0.0.1",
    "ws://[::1]:80,::1",
    "ws://my_service:8080/x,my_service",
    "ws://my_service.my-stack_default,my_service.my-stack_default",
    "ws://-a,-a",
    "ws://example.com.,example.com.",
    "ws://1.2.3.4.5,1.2.3.4.5"
  })
  void readsHost(String address, String host) {
    assertThat(WebSocketUri.parse(address).host()).isEqualTo(host);
  }

  @ParameterizedTest
  @CsvSource({
    "ws://example.com,example.com",
    "ws://example.com:80,example.com",
    "ws://example.com:443,example.com:443",
    "wss://example.com:443,example.com",
    "wss://example.com:80,example.com:80",
    "ws://[::1],[::1]",
    "ws://[::1]:8080,[::1]:8080"
  })
  void hostHeaderLeavesOutThePortOfTheScheme(String address, String header) {
    assertThat(WebSocketUri.parse(address).hostHeader()).isEqualTo(header);
  }

  @ParameterizedTest
  @CsvSource({
    "ws://example.com,ws://example.com/",
    "WSS://example.com:443/a?b,wss://example.com/a?b",
    "ws://[::1]:8080,ws://[::1]:8080/"
  })
  void toStringIsTheAddress(String address, String text) {
    assertThat(WebSocketUri.parse(address)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://a", "https://a", "a", "/a", "//a/b", "wsx://a", "mailto:a@b", ""})
  void refusesOtherSchemes(String address) {
    assertThatThrownBy(() -> WebSocketUri.parse(address))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("needs ws:// or wss://");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ws:///", "ws:///a", "ws:a", "ws:/a", "ws://?a"})
  @DisplayName("HC-17 refuses missing host")
  void refusesMissingHost(String address) {
    assertThatThrownBy(() -> WebSocketUri.parse(address))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("has no host");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ws://a/\r\nHost: b", "ws://a/ b", "ws://a\0", "ws://a b/", "ws://", "ws://a/%"})
  @DisplayName("HC-17 refuses malformed address")
  void refusesMalformedAddress(String address) {
    assertThatThrownBy(() -> WebSocketUri.parse(address))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is malformed at index ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ws://a#", "ws://a/b#c", "ws://a?b#c"})
  @DisplayName("HC-17 refuses fragment")
  void refusesFragment(String address) {
    assertThatThrownBy(() -> WebSocketUri.parse(address))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("has a fragment");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ws://ada:secret@a/", "ws://ada:secret@my_service/", "ws://@a"})
  @DisplayName("HC-17 refuses user name")
  void refusesUserName(String address) {
    assertThatThrownBy(() -> WebSocketUri.parse(address))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("has a user name; credentials go into a header");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ws://ada:secret@a/",
        "ws://ada:s/secret@a /",
        "ws://a/?t=secret#x",
        "http://a?secret"
      })
  @DisplayName("HC-17 keeps secrets out of the message")
  void keepsSecretsOutOfTheMessage(String address) {
    assertThatThrownBy(() -> WebSocketUri.parse(address)).hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ws://[fe80::1%25eth0]/", "ws://[fe80::1%eth0]/", "ws://a%2eb/"})
  @DisplayName("HC-17 refuses IPv6 zone")
  void refusesIpv6Zone(String address) {
    assertThatThrownBy(() -> WebSocketUri.parse(address))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("has an IPv6 zone or a percent-encoded host");
  }

  @Test
  void namesTheRemedyForHostThatIsNotAscii() {
    assertThatThrownBy(() -> WebSocketUri.parse("ws://bücher.example/"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "address \"ws://bücher.example/\" has a host not in ASCII;"
                + " write it like xn--bcher-kva.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ws://a:65536",
        "ws://a:99999999999",
        "ws://a:-1",
        "ws://a:x",
        "ws://a:1:2",
        "ws://:80",
        "ws://a,b",
        "ws://a;b"
      })
  void refusesMalformedHostOrPort(String address) {
    assertThatThrownBy(() -> WebSocketUri.parse(address))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("address \"" + address + "\" has a malformed host or port");
  }

  @Test
  void refusesPortZero() {
    assertThatThrownBy(() -> WebSocketUri.parse("ws://a:0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("address \"ws://a:0\" has port 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a:80", "a\r\nX: y", "[::1]", "é", "user@a", "a/b"})
  @DisplayName("HC-17 refuses parts without proper host")
  void refusesPartsWithoutProperHost(String host) {
    assertThatThrownBy(() -> new WebSocketUri(false, host, 80, "/"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("is no host");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 65_536})
  void refusesPartsWithoutProperPort(int port) {
    assertThatThrownBy(() -> new WebSocketUri(false, "a", port, "/"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("port is " + port + ", allowed are 1 to 65535");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 65_535})
  void takesPartsWithFirstAndLastPort(int port) {
    assertThat(new WebSocketUri(false, "::1", port, "/").port()).isEqualTo(port);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "?a",
        "*",
        "/a b",
        "/ HTTP/1.1\r\nX: y",
        "/#a",
        "/é",
        "/\u007F",
        "http://a/"
      })
  @DisplayName("HC-17 refuses parts without proper target")
  void refusesPartsWithoutProperTarget(String target) {
    assertThatThrownBy(() -> new WebSocketUri(false, "a", 80, target))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("is no path and query, percent-encoded");
  }

  @ParameterizedTest
  @CsvSource({
    "ws://a/b/c?d,ws://x/y,ws://x/y",
    "ws://a/b/c?d,wss://x/y,wss://x/y",
    "ws://a/b/c?d,http://x:8080/y,ws://x:8080/y",
    "ws://a/b/c?d,HTTPS://x/y,wss://x/y",
    "ws://a/b/c?d,/e?f,ws://a/e?f",
    "wss://a:8443/b/c?d,e,wss://a:8443/b/e",
    "ws://a/b/c?d,../e,ws://a/e",
    "ws://a/b/c?d,//x/y,ws://x/y",
    "ws://a/b/c?d,?e,ws://a/b/c?e",
    "ws://[::1]:8080/b,/c,ws://[::1]:8080/c",
    "ws://my_service:8080/b,c,ws://my_service:8080/c",
    "ws://a/b,http://x#top,ws://x/"
  })
  @DisplayName("HC-11 a redirect leads to an address, absolute or relative")
  void redirectedTo(String from, String location, String to) {
    assertThat(WebSocketUri.parse(from).redirectedTo(location)).hasToString(to);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "ftp://a/",
        "javascript:alert(1)",
        "gopher://a/",
        "http:///a",
        "http:a",
        "http://ada:secret@a/",
        "http://[fe80::1%25eth0]/",
        "http://a:0/",
        "http://a b/",
        "http://a/\u0000"
      })
  @DisplayName("HC-14 a redirect to anything else is refused")
  void redirectedToAnythingElse(String location) {
    WebSocketUri from = WebSocketUri.parse("ws://a/b");

    assertThatThrownBy(() -> from.redirectedTo(location))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
  }
}
