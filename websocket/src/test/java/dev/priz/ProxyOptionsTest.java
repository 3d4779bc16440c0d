package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What proxies can be described. */
final class ProxyOptionsTest {
  @Test
  @DisplayName("HC-18 credentials are not shown")
  void credentialsAreNotShown() {
    ProxyOptions proxy = ProxyOptions.at("::1", 3_128).credentials("ada", "secret");

    assertThat(proxy).hasToString("ProxyOptions[[::1]:3128, with credentials]");
    assertThat(proxy.server()).hasToString("[::1]:3128");
    assertThat(ProxyOptions.at("proxy", 80)).hasToString("ProxyOptions[proxy:80]");
  }

  @Test
  void credentialsAreThoseOfRfc7617() {
    ProxyOptions proxy = ProxyOptions.at("proxy", 80).credentials("Aladdin", "open sesame");

    assertThat(proxy.server().authorization()).isEqualTo("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\r\nb", "a:80", "http://a", "user@a"})
  void refusesWhatIsNoHost(String host) {
    assertThatThrownBy(() -> ProxyOptions.at(host, 80))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("host");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 65_536})
  void refusesWhatIsNoPort(int port) {
    assertThatThrownBy(() -> ProxyOptions.at("a", port))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("port is " + port);
  }

  @ParameterizedTest
  @CsvSource({"a:b,c", "'a\u0000',b", "a,'b\u0000'", "a,", ",b"})
  void refusesCredentialsThatCannotBeSaid(String user, String password) {
    assertThatThrownBy(() -> new ProxyOptions("proxy", 80, user, password))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
