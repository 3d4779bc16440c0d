package dev.priz.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseTest {
  @ParameterizedTest
  @ValueSource(ints = {100, 101, 599})
  void takesStatus(int status) {
    assertThat(Response.of(status).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 99, 600})
  void refusesStatusThatIsNone(int status) {
    assertThatThrownBy(() -> Response.of(status))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("status is " + status + ", allowed are 100 to 599");
  }

  @Test
  void hasNoBodyUnlessGiven() {
    assertThat(Response.of(204).body()).isEmpty();
  }

  @Test
  void textIsUtf8() {
    assertThat(Response.text(403, "hé").body()).isEqualTo("hé".getBytes(UTF_8));
  }

  @Test
  void textNamesItsCharset() {
    assertThat(Response.text(403, "no").headers().first("Content-Type"))
        .isEqualTo("text/plain; charset=utf-8");
  }

  @Test
  void bodyCarriesItsMediaType() {
    Response response = Response.of(200, "image/png", new byte[] {1});

    assertThat(response.headers().first("Content-Type")).isEqualTo("image/png");
    assertThat(response.body()).containsExactly(1);
  }

  @Test
  void headerIsAddedToTheOthers() {
    Response response = Response.text(401, "who?").header("WWW-Authenticate", "Basic");

    assertThat(response.headers().first("WWW-Authenticate")).isEqualTo("Basic");
    assertThat(response.headers().has("Content-Type")).isTrue();
    assertThat(response.status()).isEqualTo(401);
    assertThat(response.body()).asString(UTF_8).isEqualTo("who?");
  }

  @Test
  void refusesHeaderWithLineBreak() {
    assertThatThrownBy(() -> Response.of(200).header("A", "x\r\nSet-Cookie: y"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void toStringShowsNoContent() {
    assertThat(Response.text(403, "secret").header("Set-Cookie", "secret"))
        .hasToString("Response[403, [content-type, set-cookie], 6 bytes]");
  }
}
