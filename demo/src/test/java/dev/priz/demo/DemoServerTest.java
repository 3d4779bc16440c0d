package dev.priz.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.priz.HandshakeRefusedException;
import dev.priz.WebSocket;
import dev.priz.WebSocketClient;
import dev.priz.WebSocketServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DemoServerTest {
  @AutoClose private final WebSocketServer server = DemoServer.start("127.0.0.1", 0);

  @ParameterizedTest
  @ValueSource(strings = {"/ws/dashboard"})
  void opensWebSockets(String path) {
    try (WebSocket ws = WebSocket.connect(server.address() + path)) {
      assertThat(ws.receive().text()).startsWith("{");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/ws/chat, chat/room/lobby",
    "/ws/notifications?user=Ada, notifications/Ada",
  })
  void opensTopics(String path, String topic) {
    try (Guest guest = Guest.connect(server, path)) {
      assertThat(guest.subscribe(topic).get("type").asString()).isEqualTo("subscribed");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ws/chat", "/ws/dashboard", "/ws/notifications"})
  void refusesPagesOfOtherOrigins(String path) {
    try (WebSocketClient page =
        WebSocketClient.builder().header("Origin", "http://evil.example").build()) {
      var refused =
          catchThrowableOfType(
              HandshakeRefusedException.class, () -> page.connect(server.address() + path));

      assertThat(refused.status()).isEqualTo(403);
    }
  }

  @Test
  void letsItsOwnPagesIn() {
    String origin = server.address().replace("ws:", "http:");
    try (WebSocketClient page = WebSocketClient.builder().header("Origin", origin).build();
        WebSocket ws = page.connect(server.address() + "/ws/dashboard")) {
      assertThat(ws.receive()).isNotNull();
    }
  }

  @Test
  void servesThePages() throws Exception {
    HttpResponse<String> response = request("GET", "/chat");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("<title>Priz chat</title>");
  }

  @Test
  void answersHeadWithoutABody() throws Exception {
    HttpResponse<String> response = request("HEAD", "/chat");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValueAsLong("Content-Length").orElse(0)).isPositive();
    assertThat(response.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/../Pages.class", "/%2e%2e/Pages.class", "/ws/nothing"})
  void hasNoOtherPages(String path) throws Exception {
    assertThat(request("GET", path).statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> request(String method, String path)
      throws IOException, InterruptedException {
    URI address = URI.create(server.address().replace("ws:", "http:") + path);
    var request =
        HttpRequest.newBuilder(address).method(method, HttpRequest.BodyPublishers.noBody()).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString());
    }
  }
}
