package dev.priz.conformance.autobahn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class FuzzingServerTest {
  private static final Duration DEADLINE = Duration.ofSeconds(40);

  @Test
  void findsNoProblemInEchoesOfTheJdksClient() throws Exception {
    // Short messages: the JDK's client may lose what is read behind the first 16 KiB together with
    // the handshake's response, as in group 1.
    Cases cases = Cases.groups(5);
    try (var server = FuzzingServer.start("jdk-client", cases);
        var http = HttpClient.newHttpClient()) {
      Report report = server.run(url -> Echo.run(http, url), DEADLINE);

      assertThat(report.problems(cases)).isEmpty();
    }
  }

  @Test
  void findsThatTheJdksClientDoesNotCompress() throws Exception {
    Cases cases = Cases.compression("13.1");
    try (var server = FuzzingServer.start("jdk-client-uncompressed", cases);
        var http = HttpClient.newHttpClient()) {
      Report report = server.run(url -> Echo.run(http, url), DEADLINE);

      assertThat(report.problems(cases))
          .hasSize(18)
          .allMatch(problem -> problem.contains(" is UNIMPLEMENTED, close OK, "));
    }
  }

  @Test
  void isGoneAfterAClientThatThrows() throws Exception {
    URI url;
    try (var server = FuzzingServer.start("failing-client", Cases.groups(10))) {
      url = server.runCase(1);

      assertThatThrownBy(() -> server.run(ignored -> Integer.parseInt("x"), DEADLINE))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("the client threw")
          .hasCauseInstanceOf(NumberFormatException.class);
    }

    assertThatThrownBy(() -> new Socket(url.getHost(), url.getPort()).close())
        .isInstanceOf(ConnectException.class);
  }

  /** Sends everything back, frame by frame as the JDK's client shows it. */
  private static final class Echo implements WebSocket.Listener {
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    static void run(HttpClient http, URI url) {
      var echo = new Echo();
      http.newWebSocketBuilder().buildAsync(url, echo).join();
      echo.closed.join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      return webSocket.sendText(data, last).thenRun(() -> webSocket.request(1));
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
      return webSocket.sendBinary(data, last).thenRun(() -> webSocket.request(1));
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
      closed.complete(null);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      closed.complete(null);
    }
  }
}
