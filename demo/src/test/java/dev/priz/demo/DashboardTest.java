package dev.priz.demo;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.WebSocket;
import dev.priz.WebSocketServer;
import dev.priz.protocol.CloseCode;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class DashboardTest {
  private static final JsonMapper JSON = new JsonMapper();

  @AutoClose
  private final WebSocketServer server =
      WebSocketServer.at("127.0.0.1:0")
          .route("/ws/dashboard", new Dashboard(Duration.ofMillis(20)))
          .start();

  @Test
  void sendsThePropertiesThatThePageReads() {
    try (WebSocket page = open()) {
      assertThat(read(page).propertyNames())
          .containsExactlyInAnyOrder(
              "cpu_usage",
              "memory_usage",
              "disk_usage",
              "timestamp",
              "host",
              "cpu_cores",
              "memory_total",
              "memory_used",
              "disk_total",
              "disk_used");
    }
  }

  @Test
  void sendsOneReadingAfterAnother() {
    try (WebSocket page = open()) {
      List<Long> times =
          Stream.generate(() -> read(page).get("timestamp").asLong()).limit(5).toList();

      assertThat(times).isSorted().doesNotHaveDuplicates();
    }
  }

  @Test
  void sendsTheSameReadingsToAll() {
    try (WebSocket early = open();
        WebSocket late = open()) {
      JsonNode seenByLate = read(late);

      // Two readings may have been taken before the second page was there.
      assertThat(Stream.generate(() -> read(early)).limit(50)).contains(seenByLate);
    }
  }

  @Test
  void answersThePageThatCloses() {
    WebSocket page = open();
    read(page);

    page.close(CloseCode.GOING_AWAY, "");

    assertThat(page.closed().isClean()).isTrue();
    assertThat(page.closed().code()).isEqualTo(CloseCode.GOING_AWAY);
  }

  @Test
  void sendsOnToOthersWhenOneIsCutOff() {
    try (WebSocket stays = open()) {
      WebSocket goes = open();
      read(goes);

      goes.abort();

      assertThat(Stream.generate(() -> read(stays)).limit(20)).hasSize(20);
    }
  }

  @Test
  void startsAgainForTheNextPage() {
    try (WebSocket first = open()) {
      read(first);
    }

    try (WebSocket second = open()) {
      assertThat(read(second).get("timestamp").asLong()).isPositive();
    }
  }

  @Test
  void doesNotMindAPageThatTalks() {
    try (WebSocket page = open()) {
      page.send("hello");
      page.send(new byte[] {1});

      assertThat(Stream.generate(() -> read(page)).limit(3)).hasSize(3);
    }
  }

  private WebSocket open() {
    return WebSocket.connect(server.address() + "/ws/dashboard");
  }

  private static JsonNode read(WebSocket page) {
    return JSON.readTree(requireNonNull(page.receive(), () -> "ended: " + page.closed()).text());
  }
}
