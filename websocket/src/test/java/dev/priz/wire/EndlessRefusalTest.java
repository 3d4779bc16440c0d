package dev.priz.wire;

import static dev.priz.wire.Wire.ascii;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.priz.HandshakeRefusedException;
import dev.priz.WebSocketClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that refuse at great length. */
@ParameterizedClass
@EnumSource
class EndlessRefusalTest {
  private static final int MAX_BODY_BYTES = 8 * 1024;

  private final WebSocketClient client = Wiring.client().build();
  private final Wiring wiring;

  EndlessRefusalTest(Wiring wiring) {
    this.wiring = wiring;
  }

  @AfterEach
  void closeClient() {
    client.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 426, 503})
  @DisplayName("HC-05 a body of 10 GB is cut at 8 KiB, and TCP is closed")
  void aBodyIsCutAndTcpClosed(int status) throws Exception {
    String head = "HTTP/1.1 " + status + " No\r\nX-Why: z\r\nContent-Length: 10000000000\r\n\r\n";
    try (var server =
        RawServer.start(
            wiring,
            peer -> {
              peer.readHead();
              peer.send(head);
              boolean refused = peer.sendUntilRefused(ascii("b".repeat(1_000_000)), 10_000);
              assertThat(refused).as("the client closes TCP").isTrue();
            })) {
      var refused = refused(server);

      assertThat(refused.status()).isEqualTo(status);
      assertThat(refused.headers().first("X-Why")).isEqualTo("z");
      assertThat(refused.bodyText()).isEqualTo("b".repeat(MAX_BODY_BYTES));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {MAX_BODY_BYTES - 1, MAX_BODY_BYTES, MAX_BODY_BYTES + 1})
  @DisplayName("HC-05 a body around the limit is kept up to it")
  void aBodyAroundTheLimit(int length) throws Exception {
    String response = "HTTP/1.1 503 Busy\r\nContent-Length: " + length + "\r\n\r\n";
    try (var server =
        RawServer.start(
            wiring,
            peer -> {
              peer.readHead();
              peer.send(response + "b".repeat(length));
              peer.readToEnd();
            })) {
      assertThat(refused(server).body()).hasSize(Math.min(length, MAX_BODY_BYTES));
    }
  }

  @Test
  @DisplayName("HC-06 an absurd Retry-After is cut to the cap")
  void anAbsurdRetryAfterIsCut() throws Exception {
    assertThat(retryAfter("99999999")).isEqualTo(Duration.ofMinutes(5));
    assertThat(retryAfter("-1")).isNull();
    assertThat(retryAfter("3")).isEqualTo(Duration.ofSeconds(3));
  }

  private Duration retryAfter(String value) throws Exception {
    String response =
        "HTTP/1.1 503 Busy\r\nRetry-After: " + value + "\r\nContent-Length: 0\r\n\r\n";
    try (var server =
        RawServer.start(
            wiring,
            peer -> {
              peer.readHead();
              peer.send(response);
            })) {
      return refused(server).retryAfter();
    }
  }

  private HandshakeRefusedException refused(RawServer server) {
    var refused =
        catchThrowableOfType(
            HandshakeRefusedException.class, () -> client.connect(server.address()));
    assertThat(refused).isNotNull();
    return refused;
  }
}
