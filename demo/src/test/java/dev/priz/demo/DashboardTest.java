package dev.priz.demo;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.WebSocket;
import dev.priz.WebSocketServer;
import dev.priz.WebSocketServerBuilder;
import dev.priz.protocol.CloseCode;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class DashboardTest {
  private static final JsonMapper JSON = new JsonMapper();

  private final String topic = "dashboard/" + new Machine().host();

  @AutoClose private final WebSocketServer server = start(new Dashboard(Duration.ofMillis(20)));

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

  @Test
  void keepsReadingsForPagesThatOpenLater() {
    try (WebSocket early = open();
        TopicPage late = TopicPage.open(server, "/ws/dashboard/topics")) {
      List<JsonNode> readings = Stream.generate(() -> read(early)).limit(5).toList();

      late.subscribe(topic, 600);

      assertThat(Stream.generate(() -> late.hear(topic)).limit(100)).containsAll(readings);
    }
  }

  @Test
  void fillsTheGapOfALostConnection() {
    try (WebSocket witness = open()) {
      JsonNode position;
      JsonNode last;
      try (TopicPage before = TopicPage.open(server, "/ws/dashboard/topics")) {
        JsonNode epoch = before.subscribe(topic, 0).get("epoch");
        JsonNode message = before.hearMessage(topic);
        last = message.get("data");
        position = JSON.createObjectNode().putPOJO("epoch", epoch).putPOJO("at", message.get("at"));
      }
      List<JsonNode> missed =
          Stream.generate(() -> read(witness)).filter(isAfter(last)).limit(5).toList();

      try (TopicPage after = TopicPage.open(server, "/ws/dashboard/topics")) {
        JsonNode answer = after.subscribeSince(topic, position);

        assertThat(answer.get("recovered").asBoolean()).isTrue();
        assertThat(Stream.generate(() -> after.hear(topic)).limit(5).toList()).isEqualTo(missed);
      }
    }
  }

  @Test
  void tellsWhichMachinesThereAre() {
    try (TopicPage page = TopicPage.open(server, "/ws/dashboard/topics")) {
      page.subscribe(Dashboard.MACHINES, 100);

      List<String> topics =
          Stream.generate(() -> page.hear(Dashboard.MACHINES).get("topic").asString())
              .limit(3)
              .toList();

      assertThat(topics).containsExactly(topic, topic + "/cores", topic + "/program");
    }
  }

  @Test
  void measuresEachCore() {
    try (TopicPage page = TopicPage.open(server, "/ws/dashboard/topics")) {
      page.subscribe(topic + "/cores", 1);

      JsonNode reading = page.hear(topic + "/cores");

      assertThat(reading.get("cores")).hasSize(Runtime.getRuntime().availableProcessors());
      assertThat(reading.get("cores").valueStream().map(JsonNode::asDouble))
          .allMatch(percent -> percent >= 0 && percent <= 100);
    }
  }

  @Test
  void measuresThisProgram() {
    try (TopicPage page = TopicPage.open(server, "/ws/dashboard/topics")) {
      page.subscribe(topic + "/program", 1);

      JsonNode reading = page.hear(topic + "/program");

      assertThat(reading.get("cpu_usage").asDouble()).isBetween(0.0, 100.0);
      assertThat(reading.get("memory_usage").asDouble()).isBetween(0.001, 100.0);
      assertThat(reading.get("threads").asInt()).isGreaterThan(2);
    }
  }

  @Test
  void letsAnotherMachineReport() {
    try (WebSocket plain = open();
        TopicPage other = TopicPage.open(server, "/ws/dashboard/topics");
        TopicPage page = TopicPage.open(server, "/ws/dashboard/topics")) {
      page.subscribe("dashboard/greenhouse", 0);
      JsonNode reading = read(plain);

      JsonNode answer = other.publish("dashboard/greenhouse", reading);

      assertThat(answer.get("type").asString()).isEqualTo("published");
      assertThat(page.hear("dashboard/greenhouse")).isEqualTo(reading);
    }
  }

  @Test
  void takesNoReadingUnderANameThatIsTaken() {
    try (WebSocket plain = open();
        TopicPage other = TopicPage.open(server, "/ws/dashboard/topics");
        TopicPage third = TopicPage.open(server, "/ws/dashboard/topics")) {
      JsonNode reading = read(plain);
      other.publish("dashboard/greenhouse", reading);

      for (String taken : List.of(topic, topic + "/cores", Dashboard.MACHINES, "chat/main")) {
        assertThat(other.publish(taken, reading).get("code").asInt()).as(taken).isEqualTo(4003);
      }
      assertThat(third.publish("dashboard/greenhouse", reading).get("code").asInt())
          .isEqualTo(4003);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[1]", "\"cpu\"", "{\"cpu_usage\":\"much\"}", "null"})
  void takesNothingThatIsNoReading(String json) {
    try (TopicPage other = TopicPage.open(server, "/ws/dashboard/topics")) {
      JsonNode answer = other.publish("dashboard/greenhouse", JSON.readTree(json));

      assertThat(answer.get("code").asInt()).isEqualTo(4003);
    }
  }

  @Test
  void showsNoOtherTopics() {
    try (TopicPage page = TopicPage.open(server, "/ws/dashboard/topics")) {
      assertThat(page.subscribe("prices/all", 0).get("code").asInt()).isEqualTo(4003);
    }
  }

  private WebSocket open() {
    return WebSocket.connect(server.address() + "/ws/dashboard");
  }

  private static JsonNode read(WebSocket page) {
    return JSON.readTree(requireNonNull(page.receive(), () -> "ended: " + page.closed()).text());
  }

  private static Predicate<JsonNode> isAfter(JsonNode last) {
    long time = last.get("timestamp").asLong();
    return reading -> reading.get("timestamp").asLong() > time;
  }

  private static WebSocketServer start(Demo demo) {
    WebSocketServerBuilder builder = WebSocketServer.at("127.0.0.1:0");
    demo.configure(builder);
    WebSocketServer started = builder.start();
    demo.start(started);
    return started;
  }
}
