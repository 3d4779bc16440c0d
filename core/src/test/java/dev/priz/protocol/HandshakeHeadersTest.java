package dev.priz.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeHeadersTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host",
        "upgrade",
        "CONNECTION",
        "Content-Length",
        "Transfer-Encoding",
        "Sec-WebSocket-Key",
        "sec-websocket-accept",
        "Sec-WebSocket-Version",
        "Sec-WebSocket-Protocol",
        "Sec-WebSocket-Extensions",
        "Sec-WebSocket-"
      })
  @DisplayName("HC-16 refuses fields of the handshake")
  void refusesFieldsOfTheHandshake(String name) {
    Headers extra = Headers.of("X-Mine", "1", name, "x");

    assertThatThrownBy(() -> HandshakeHeaders.checkExtra(extra))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("header " + name + " is set by the handshake itself");
  }

  @Test
  void leavesOtherFieldsToTheApplication() {
    Headers extra = Headers.of("Origin", "https://a", "Cookie", "a=b", "Sec-Fetch-Mode", "x");

    assertThatCode(() -> HandshakeHeaders.checkExtra(extra)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"example.com", "example.com:8080", "my_service", "127.0.0.1", "[::1]:80"})
  void takesProperHost(String host) {
    assertThat(HandshakeHeaders.hasProperHost(Headers.of("Host", host))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a/b", "a,b", "user@a", "a:x", "é"})
  void hs07RefusesImproperHost(String host) {
    assertThat(HandshakeHeaders.hasProperHost(Headers.of("Host", host))).isFalse();
  }

  @Test
  void hs07RefusesMissingHost() {
    assertThat(HandshakeHeaders.hasProperHost(Headers.EMPTY)).isFalse();
  }

  @Test
  void hs07RefusesTwoHosts() {
    assertThat(HandshakeHeaders.hasProperHost(Headers.of("Host", "a", "Host", "a"))).isFalse();
  }
}
