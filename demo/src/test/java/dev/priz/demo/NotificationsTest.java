package dev.priz.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.WebSocketServer;
import dev.priz.WebSocketServerBuilder;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class NotificationsTest {
  private static final String TO_ADA = "notifications/Ada";
  private static final String TO_GRACE = "notifications/Grace";

  @AutoClose private final WebSocketServer server = start();

  @Test
  void tellsEveryTabOfTheReceiverAlone() {
    try (Guest tab = open("Ada");
        Guest otherTab = open("Ada");
        Guest grace = open("Grace")) {
      grace.publish(TO_ADA, draft("for Ada"));
      grace.hear("published");
      grace.publish(TO_GRACE, draft("for Grace"));

      assertThat(hearTitle(tab)).isEqualTo("for Ada");
      assertThat(hearTitle(otherTab)).isEqualTo("for Ada");
      assertThat(hearTitle(grace)).isEqualTo("for Grace");
    }
  }

  @Test
  void tellsWhoSentItAndWhen() {
    try (Guest ada = open("Ada");
        Guest nazim = connect("Nâzım")) {
      Instant before = Instant.now().minusMillis(1);

      nazim.publish(
          TO_ADA,
          Map.of("title", " Hi ", "text", "there", "kind", "warning", "from", "Eve", "time", 1));

      JsonNode notification = ada.hear("message").get("data");
      assertThat(notification.get("from").asString()).isEqualTo("Nâzım");
      assertThat(notification.get("title").asString()).isEqualTo("Hi");
      assertThat(notification.get("text").asString()).isEqualTo("there");
      assertThat(notification.get("kind").asString()).isEqualTo("warning");
      assertThat(Instant.ofEpochMilli(notification.get("time").asLong()))
          .isBetween(before, Instant.now());
    }
  }

  @Test
  void keepsTheLastFiftyForTheNextVisit() {
    try (Guest grace = connect("Grace");
        Guest ada = connect("Ada")) {
      for (int i = 0; i < 51; i++) {
        grace.publish(TO_ADA, draft("n" + i));
        grace.hear("published");
      }

      ada.subscribe(TO_ADA);

      assertThat(Stream.generate(() -> hearTitle(ada)).limit(50))
          .containsExactlyElementsOf(IntStream.range(1, 51).mapToObj(i -> "n" + i).toList());
    }
  }

  @Test
  void makesUpForWhatWasMissed() {
    try (Guest ada = connect("Ada");
        Guest adaAgain = connect("Ada");
        Guest grace = connect("Grace")) {
      JsonNode left = ada.subscribe(TO_ADA);
      ada.ws().abort();
      grace.publish(TO_ADA, draft("missed"));
      grace.hear("published");

      JsonNode back =
          adaAgain.subscribe(TO_ADA, left.get("epoch").asString(), left.get("at").asString());

      assertThat(back.get("recovered").asBoolean()).isTrue();
      assertThat(hearTitle(adaAgain)).isEqualTo("missed");
    }
  }

  @Test
  void takesOneThatIsSentAgainOnce() {
    try (Guest ada = open("Ada")) {
      Map<String, ?> request =
          Map.of(
              "type", "publish", "id", 5, "topic", TO_ADA, "data", draft("once"), "name", "a name");

      ada.ask(request);
      ada.ask(request);
      ada.publish(TO_ADA, draft("after"));

      assertThat(hearTitle(ada)).isEqualTo("once");
      assertThat(hearTitle(ada)).isEqualTo("after");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"notifications/Grace", "notifications/", "notifications/ada", "chat"})
  void letsNobodyReadWhatIsForOthers(String topic) {
    try (Guest ada = connect("Ada")) {
      assertThat(ada.subscribe(topic).get("code").asInt()).isEqualTo(4003);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?user=", "?user=%20", "?user=a/b"})
  void letsNobodyReadOrSendWithoutAProperName(String query) {
    try (Guest nobody = Guest.connect(server, "/ws/notifications" + query)) {
      assertThat(nobody.subscribe("notifications/a/b").get("code").asInt()).isEqualTo(4003);

      nobody.publish(TO_ADA, draft("anonymous"));

      assertThat(nobody.hear().get("code").asInt()).isEqualTo(4003);
    }
  }

  @Test
  void takesNothingButNotifications() {
    List<?> others =
        List.of(
            "words",
            Map.of("title", " ", "kind", "info"),
            Map.of("title", "t".repeat(81), "kind", "info"),
            Map.of("title", "Title", "text", "t".repeat(501), "kind", "info"),
            Map.of("title", "Title", "kind", "other"));
    try (Guest ada = open("Ada")) {
      for (Object other : others) {
        ada.publish(TO_ADA, other);
        assertThat(ada.hear().get("code").asInt()).as("%s", other).isEqualTo(4003);
      }
    }
  }

  @Test
  void sendsToNoOtherTopic() {
    try (Guest ada = connect("Ada")) {
      ada.publish("chat/room/lobby", draft("words"));

      assertThat(ada.hear().get("code").asInt()).isEqualTo(4003);
    }
  }

  private static WebSocketServer start() {
    WebSocketServerBuilder builder = WebSocketServer.at("127.0.0.1:0");
    new Notifications().configure(builder);
    return builder.start();
  }

  /** Connects as a user, who hears of nothing yet. */
  private Guest connect(String user) {
    return Guest.connect(server, "/ws/notifications?user=" + URLEncoder.encode(user, UTF_8));
  }

  /** Connects as a user, as a tab does. */
  private Guest open(String user) {
    Guest guest = connect(user);
    guest.subscribe("notifications/" + user);
    return guest;
  }

  private static Map<String, ?> draft(String title) {
    return Map.of("title", title, "text", "", "kind", "info");
  }

  private static String hearTitle(Guest guest) {
    return guest.hear("message").at("/data/title").asString();
  }
}
