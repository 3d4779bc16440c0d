package dev.priz.protocol;

import static dev.priz.protocol.SampleRequest.KEY;
import static dev.priz.protocol.SampleRequest.get;
import static dev.priz.protocol.SampleRequest.with;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.protocol.ServerHandshake.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Subprotocols and the response of a proper handshake; the rest is in {@link ServerHandshakeTest}.
 */
class ServerHandshakeAnswerTest {
  private static Finding examine(Request request) {
    return ServerHandshake.examine(request, OriginPolicy.sameOrigin(), false, null);
  }

  private static ServerHandshake proper(Request request) {
    return ((Finding.Proper) examine(request)).handshake();
  }

  private static Response refused(Request request) {
    return ((Finding.Refused) examine(request)).response();
  }

  private static Response accepted(Request request) {
    return proper(request).accept(null, Headers.EMPTY);
  }

  private static String tokens(int count) {
    return IntStream.range(0, count).mapToObj(i -> "v" + i).collect(Collectors.joining(", "));
  }

  @Test
  void hs01AcceptsTheSampleKey() {
    Response response = accepted(get("/chat"));

    assertThat(response.status()).isEqualTo(101);
    assertThat(response.headers().first("Sec-WebSocket-Accept"))
        .isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  }

  // RFC 6455 §4.2.2 lists what the response must have.
  @Test
  void acceptHasTheFieldsOfTheHandshakeAndNoOthers() {
    List<String> fields = new ArrayList<>();

    accepted(get("/chat")).headers().forEach((name, value) -> fields.add(name + ": " + value));

    assertThat(fields)
        .containsExactly(
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  }

  @Test
  void acceptHasNoBody() {
    assertThat(accepted(get("/chat")).body()).isEmpty();
  }

  @Test
  void hs10AnswersTheTextOfTheKeyAndNotItsBytes() {
    Response response = accepted(with("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAB=="));

    assertThat(response.headers().first("Sec-WebSocket-Accept"))
        .isEqualTo("NRJrplgTSmBqvVaQhF+6peBS1S8=");
  }

  @Test
  void hs11IgnoresBlanksAroundTheKey() {
    Response response = accepted(with("Sec-WebSocket-Key", " \t" + KEY + "  "));

    assertThat(response.headers().first("Sec-WebSocket-Accept"))
        .isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  }

  @Test
  void hs15AcceptsWithoutSubprotocolWhereNoneIsInCommon() {
    ServerHandshake handshake = proper(with("Sec-WebSocket-Protocol", "a, b"));

    Response response = handshake.accept(handshake.choose(List.of("c")), Headers.EMPTY);

    assertThat(response.status()).isEqualTo(101);
    assertThat(response.headers().has("Sec-WebSocket-Protocol")).isFalse();
  }

  @Test
  void choosesInTheOrderOfTheServer() {
    ServerHandshake handshake = proper(with("Sec-WebSocket-Protocol", "a, b"));

    assertThat(handshake.choose(List.of("c", "b", "a"))).isEqualTo("b");
  }

  @Test
  void choosesWithRegardToCase() {
    assertThat(proper(with("Sec-WebSocket-Protocol", "a")).choose(List.of("A"))).isNull();
  }

  @Test
  void choosesNoneWhereNoneIsOffered() {
    assertThat(proper(get("/chat")).choose(List.of("a"))).isNull();
  }

  @Test
  void offersSubprotocolsInTheOrderOfTheClient() {
    assertThat(proper(with("Sec-WebSocket-Protocol", "b,a", "\tc ")).subprotocols())
        .containsExactly("b", "a", "c");
  }

  @Test
  void offersAreNotToBeChanged() {
    List<String> offers = proper(with("Sec-WebSocket-Protocol", "a")).subprotocols();

    assertThatThrownBy(() -> offers.add("b")).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void acceptNamesTheSubprotocol() {
    Response response = proper(with("Sec-WebSocket-Protocol", "a, b")).accept("b", Headers.EMPTY);

    assertThat(response.headers().all("Sec-WebSocket-Protocol")).containsExactly("b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",", "a, a", "a,,b", "a b", "a,", "a;b", "\"a\"", "é"})
  void hs16RefusesWhatIsNoListOfDistinctTokens(String value) {
    assertThat(refused(with("Sec-WebSocket-Protocol", value)).status()).isEqualTo(400);
  }

  @Test
  void hs16RefusesTheSameTokenInTwoLines() {
    assertThat(refused(with("Sec-WebSocket-Protocol", "a", "a")).status()).isEqualTo(400);
  }

  @Test
  void hs16TakesOneHundredTokens() {
    assertThat(proper(with("Sec-WebSocket-Protocol", tokens(100))).subprotocols()).hasSize(100);
  }

  @Test
  void hs16RefusesOneTokenMore() {
    assertThat(refused(with("Sec-WebSocket-Protocol", tokens(101))).status()).isEqualTo(400);
  }

  // The row grants 1 ms for 1,000 tokens.
  @Test
  @Timeout(value = 1, unit = SECONDS)
  void hs16RefusesManyTokensInTime() {
    Request request = with("Sec-WebSocket-Protocol", tokens(200_000));

    assertThat(refused(request).status()).isEqualTo(400);
  }

  @Test
  @DisplayName("HS-16 refuses 1,000 tokens within 1 ms")
  void refusesAThousandTokensWithinAMillisecond() {
    Request request = with("Sec-WebSocket-Protocol", tokens(1_000));

    assertThat(quickest(request)).isLessThan(Duration.ofMillis(1));
  }

  @Test
  @DisplayName("HS-26 refuses 32,000 blanks within 5 ms")
  void refusesManyBlanksWithinFiveMilliseconds() {
    Request request = with("Sec-WebSocket-Protocol", "b" + " ".repeat(32_000) + "x");

    assertThat(quickest(request)).isLessThan(Duration.ofMillis(5));
  }

  // The best of many, for others may want the processor too.
  private static Duration quickest(Request request) {
    long nanos = Long.MAX_VALUE;
    for (int i = 0; i < 1_000; i++) {
      long startNanos = System.nanoTime();
      assertThat(refused(request).status()).isEqualTo(400);
      nanos = Math.min(nanos, System.nanoTime() - startNanos);
    }
    return Duration.ofNanos(nanos);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nSet-Cookie: x", "c", "A", ""})
  void hs17RefusesToAcceptSubprotocolThatWasNotOffered(String subprotocol) {
    ServerHandshake handshake = proper(with("Sec-WebSocket-Protocol", "a, b"));

    assertThatThrownBy(() -> handshake.accept(subprotocol, Headers.EMPTY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("subprotocol is ")
        .hasMessageEndingWith("the client offered [a, b]")
        .hasMessageNotContaining("\n");
  }

  @Test
  void acceptCarriesFurtherFields() {
    Response response = proper(get("/chat")).accept(null, Headers.of("Set-Cookie", "a=b"));

    assertThat(response.headers().first("Set-Cookie")).isEqualTo("a=b");
  }

  @Test
  void acceptRefusesFieldsOfTheHandshake() {
    ServerHandshake handshake = proper(get("/chat"));
    Headers extra = Headers.of("Sec-WebSocket-Extensions", "permessage-deflate");

    assertThatThrownBy(() -> handshake.accept(null, extra))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("header Sec-WebSocket-Extensions is set by the handshake itself");
  }

  // The row grants 5 ms for 32,000 blanks.
  @Test
  @Timeout(value = 1, unit = SECONDS)
  void hs26RefusesManyBlanksInTime() {
    Request request = with("Sec-WebSocket-Protocol", "b" + " ".repeat(6_400_000) + "x");

    assertThat(refused(request).status()).isEqualTo(400);
  }
}
