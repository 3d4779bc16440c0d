package dev.priz.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorityTest {
  @ParameterizedTest
  @CsvSource({
    "example.com,example.com,-1",
    "example.com:8080,example.com,8080",
    "EXAMPLE.com.,EXAMPLE.com.,-1",
    "my_service:80,my_service,80",
    "127.0.0.1:0,127.0.0.1,0",
    "[::1],[::1],-1",
    "[::ffff:127.0.0.1]:65535,[::ffff:127.0.0.1],65535",
    "a:00080,a,80"
  })
  void readsHostAndPort(String text, String host, int port) {
    assertThat(Authority.parse(text)).isEqualTo(new Authority(host, port));
  }

  // RFC 3986 §3.2.3: port = *DIGIT
  @Test
  void readsEmptyPortAsNone() {
    assertThat(Authority.parse("example.com:")).isEqualTo(new Authority("example.com", -1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":80",
        "a b",
        "a,b",
        "a/b",
        "a?b",
        "a#b",
        "a\\b",
        "user@a",
        "a%20b",
        "bücher.example",
        "a\r\n",
        "a\0",
        "a:b",
        "a:+1",
        "a:-1",
        "a:1:2",
        "a:65536",
        "a:000080",
        "a:99999999999",
        "::1",
        "[]",
        "[::1",
        "[::1]x",
        "[fe80::1%25eth0]",
        "[g::1]",
        "[::1]]",
        "[a]",
        "[a:80]",
        "[1.2.3.4]"
      })
  void refusesWhatIsNoHostAndPort(String text) {
    assertThat(Authority.parse(text)).isNull();
  }

  @Test
  void portPrevailsOverTheOther() {
    assertThat(new Authority("a", 0).portOr(80)).isZero();
  }

  @Test
  void missingPortIsTheOther() {
    assertThat(new Authority("a", -1).portOr(80)).isEqualTo(80);
  }
}
