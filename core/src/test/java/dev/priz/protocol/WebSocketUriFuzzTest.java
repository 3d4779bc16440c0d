package dev.priz.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any text as an address: refused in words fit for a log, or safe to put into a request. */
final class WebSocketUriFuzzTest {
  private static final int MAX_MESSAGE_CHARS = 300;

  @FuzzTest
  void isRefusedOrFitForARequest(byte[] bytes) {
    String address = new String(bytes, UTF_8);
    WebSocketUri uri;
    try {
      uri = WebSocketUri.parse(address);
    } catch (IllegalArgumentException refused) {
      assertThat(refused.getMessage()).startsWith("address \"").hasSizeLessThan(MAX_MESSAGE_CHARS);
      assertThat(refused.getMessage().chars()).noneMatch(Character::isISOControl);
      return;
    }

    assertThat(WebSocketUri.parse(uri.toString())).isEqualTo(uri);
    assertThat(uri.target()).startsWith("/").doesNotContain("#");
    assertThat(uri.target().chars()).allMatch(c -> c > 0x20 && c < 0x7F);
    assertThat(uri.port()).isBetween(1, 65_535);
    Authority host = Authority.parse(uri.hostHeader());
    assertThat(host).isNotNull();
    assertThat(host.portOr(uri.secure() ? 443 : 80)).isEqualTo(uri.port());
    assertThat(uri.hostHeader()).doesNotContain("@");
  }
}
