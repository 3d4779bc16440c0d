package dev.priz.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.WebSocketServer;
import dev.priz.WebSocketServerBuilder;
import dev.priz.protocol.Timeouts;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class ChatTest {
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final String LOBBY = "chat/room/lobby";
  private static final String TYPING = "chat/typing/lobby";

  @AutoClose private final WebSocketServer server = start();

  @Test
  void tellsWhoIsThereWithNameAndId() {
    try (Guest ada = enter("Ada");
        Guest nazim = enter("Nâzım")) {
      ada.subscribe(LOBBY);

      JsonNode subscribed = nazim.subscribe(LOBBY);

      JsonNode members = subscribed.get("members");
      assertThat(members.valueStream().map(member -> member.at("/value/name").asString()))
          .containsExactly("Ada", "Nâzım");
      assertThat(members.valueStream().map(member -> member.at("/value/id").asString()))
          .doesNotHaveDuplicates()
          .doesNotContain("");
    }
  }

  @Test
  void tellsTheOthersWhoJoins() {
    try (Guest ada = join("Ada");
        Guest grace = join("Grace")) {
      hearOfGrace(ada, "joined");

      say(grace, "hello");

      assertThat(hearText(ada)).isEqualTo("hello");
    }
  }

  @Test
  void tellsWhoSaidWhatAndWhen() {
    try (Guest ada = enter("Ada")) {
      String id = ada.subscribe(LOBBY).at("/members/0/value/id").asString();
      Instant before = Instant.now().minusMillis(1);

      say(ada, "çok güzel 🎉");

      JsonNode message = ada.hear("message").get("data");
      assertThat(message.get("id").asString()).isEqualTo(id);
      assertThat(message.get("name").asString()).isEqualTo("Ada");
      assertThat(message.get("text").asString()).isEqualTo("çok güzel 🎉");
      assertThat(Instant.ofEpochMilli(message.get("time").asLong()))
          .isBetween(before, Instant.now());
    }
  }

  @Test
  void knowsAVisitorAgainByTheKeyAlone() {
    try (Guest ada = Guest.connect(server, "/ws/chat?name=Ada&key=secret");
        Guest again = Guest.connect(server, "/ws/chat?name=Ada&key=secret");
        Guest other = Guest.connect(server, "/ws/chat?name=Ada&key=guessed")) {
      String id = ada.subscribe(LOBBY).at("/members/0/value/id").asString();
      String idAgain = again.subscribe(LOBBY).at("/members/1/value/id").asString();
      String otherId = other.subscribe(LOBBY).at("/members/2/value/id").asString();

      assertThat(idAgain).isEqualTo(id);
      assertThat(otherId).isNotEqualTo(id);
    }
  }

  @Test
  void givesMessagesToAllInTheSameOrder() {
    try (Guest ada = join("Ada");
        Guest grace = join("Grace")) {
      for (int i = 0; i < 100; i++) {
        say(ada, "a" + i);
        say(grace, "g" + i);
      }

      List<String> heardByAda = Stream.generate(() -> hearText(ada)).limit(200).toList();
      List<String> heardByGrace = Stream.generate(() -> hearText(grace)).limit(200).toList();
      assertThat(heardByAda).isEqualTo(heardByGrace);
      assertThat(heardByAda)
          .containsSubsequence(IntStream.range(0, 100).mapToObj(i -> "a" + i).toList())
          .containsSubsequence(IntStream.range(0, 100).mapToObj(i -> "g" + i).toList());
    }
  }

  @Test
  void keepsRoomsApart() {
    try (Guest ada = join("Ada");
        Guest grace = enter("Grace")) {
      assertThat(grace.subscribe("chat/room/günlük-2").get("count").asInt()).isOne();

      say(ada, "in the lobby");
      ada.hear("published");
      grace.publish("chat/room/günlük-2", "in a room of her own");

      assertThat(hearText(grace)).isEqualTo("in a room of her own");
    }
  }

  @Test
  void showsTheLastHundredMessagesToWhoComesLater() {
    try (Guest ada = join("Ada");
        Guest grace = enter("Grace")) {
      for (int i = 0; i < 101; i++) {
        say(ada, "a" + i);
        ada.hear("published");
      }

      grace.subscribe(LOBBY);

      assertThat(Stream.generate(() -> hearText(grace)).limit(100))
          .containsExactlyElementsOf(IntStream.range(1, 101).mapToObj(i -> "a" + i).toList());
    }
  }

  @Test
  void makesUpForWhatWasMissed() {
    try (Guest ada = join("Ada");
        Guest grace = enter("Grace");
        Guest graceAgain = enter("Grace")) {
      JsonNode left = grace.subscribe(LOBBY);
      grace.ws().abort();
      say(ada, "missed");
      ada.hear("published");

      JsonNode back =
          graceAgain.subscribe(LOBBY, left.get("epoch").asString(), left.get("at").asString());

      assertThat(back.get("recovered").asBoolean()).isTrue();
      assertThat(hearText(graceAgain)).isEqualTo("missed");
    }
  }

  @Test
  void takesAMessageThatIsSentAgainOnce() {
    try (Guest ada = join("Ada")) {
      Map<String, ?> request =
          Map.of(
              "type", "publish", "id", 5, "topic", LOBBY, "data", "once", "name", "its own name");

      ada.ask(request);
      ada.ask(request);
      say(ada, "after");

      assertThat(hearText(ada)).isEqualTo("once");
      assertThat(hearText(ada)).isEqualTo("after");
    }
  }

  @Test
  void tellsTheOthersWhoIsTyping() {
    try (Guest ada = enter("Ada");
        Guest grace = enter("Grace")) {
      ada.subscribe(TYPING);
      grace.subscribe(TYPING);

      ada.ask(Map.of("type", "publish", "id", 5, "topic", TYPING, "data", "Eve", "echo", false));

      assertThat(grace.hear("message").at("/data/name").asString()).isEqualTo("Ada");
      grace.publish(TYPING, true);
      assertThat(ada.hear("message").at("/data/name").asString()).isEqualTo("Grace");
    }
  }

  @Test
  void doesNotKeepWhoWasTyping() {
    try (Guest ada = enter("Ada");
        Guest grace = enter("Grace")) {
      ada.publish(TYPING, true);
      ada.hear("published");

      grace.subscribe(TYPING);
      grace.publish(TYPING, true);

      assertThat(grace.hear("message").at("/data/name").asString()).isEqualTo("Grace");
    }
  }

  @Test
  void tellsTheOthersWhoCloses() {
    try (Guest ada = join("Ada");
        Guest grace = join("Grace")) {
      hearOfGrace(ada, "joined");

      grace.ws().close();

      hearOfGrace(ada, "left");
      assertThat(grace.ws().closed().isClean()).isTrue();
    }
  }

  @Test
  void tellsTheOthersWhoIsCutOff() {
    try (Guest ada = join("Ada");
        Guest grace = join("Grace")) {
      hearOfGrace(ada, "joined");

      grace.ws().abort();

      hearOfGrace(ada, "left");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"?name=", "?name=%20%20", "?name=%ff", ""})
  void namesTheNameless(String query) {
    try (Guest guest = Guest.connect(server, "/ws/chat" + query)) {
      assertThat(nameOf(guest)).isEqualTo("Guest");
    }
  }

  @Test
  void cutsLongNames() {
    try (Guest guest = enter("🎉".repeat(41))) {
      assertThat(nameOf(guest)).isEqualTo("🎉".repeat(40));
    }
  }

  @Test
  void cutsLongMessages() {
    try (Guest ada = join("Ada")) {
      say(ada, "🎉".repeat(4_001));

      assertThat(hearText(ada)).isEqualTo("🎉".repeat(4_000));
    }
  }

  @Test
  void takesNothingButTextThatIsNotBlank() {
    try (Guest ada = join("Ada")) {
      for (Object data : List.of("", " \n", Map.of("name", "Eve", "text", "hello"))) {
        ada.publish(LOBBY, data);
        assertThat(ada.hear().get("code").asInt()).isEqualTo(4003);
      }
      say(ada, "words");

      assertThat(hearText(ada)).isEqualTo("words");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"chat/room/", "chat/room/a b", "chat/other/lobby", "notifications/Ada"})
  void hasNoOtherTopics(String topic) {
    try (Guest ada = enter("Ada")) {
      assertThat(ada.subscribe(topic).get("code").asInt()).isEqualTo(4003);

      ada.publish(topic, "words");

      assertThat(ada.hear().get("code").asInt()).isEqualTo(4003);
    }
  }

  @Test
  void isNotHeldUpByOneWhoDoesNotRead() {
    try (Guest deaf = enter("Deaf");
        Guest ada = join("Ada")) {
      deaf.subscribe(LOBBY);
      // Letters that compression does not make much of.
      String letters =
          new Random(1)
              .ints(4_000, 'a', 'z' + 1)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      String left = "";
      for (int i = 0; i < 60_000 && left.isEmpty(); i++) {
        // Says more whenever the last was taken.
        if (i % 2 == 0) say(ada, letters);
        left = ada.hear().at("/left/0/value/name").asString("");
      }

      assertThat(left).isEqualTo("Deaf");
      assertThat(deaf.ws().isOpen()).as("nothing was read that could tell").isTrue();
      deaf.ws().abort();
    }
  }

  private static WebSocketServer start() {
    WebSocketServerBuilder builder =
        WebSocketServer.at("127.0.0.1:0").timeouts(Timeouts.DEFAULT.closing(SHORT, SHORT));
    new Chat().configure(builder);
    return builder.start();
  }

  /** Connects as someone, who is in no room yet. */
  private Guest enter(String name) {
    String encoded = URLEncoder.encode(name, UTF_8);
    return Guest.connect(server, "/ws/chat?name=" + encoded + "&key=secret-of-" + encoded);
  }

  /** Connects as someone, and goes to the lobby. */
  private Guest join(String name) {
    Guest guest = enter(name);
    guest.subscribe(LOBBY);
    return guest;
  }

  private static void say(Guest guest, String text) {
    guest.publish(LOBBY, text);
  }

  private static String hearText(Guest guest) {
    return guest.hear("message").at("/data/text").asString();
  }

  /** Hears until Grace has joined or left. */
  private static void hearOfGrace(Guest ada, String what) {
    boolean heard = false;
    while (!heard) {
      heard =
          ada.hear("presence")
              .get(what)
              .valueStream()
              .anyMatch(member -> member.at("/value/name").asString().equals("Grace"));
    }
  }

  private static String nameOf(Guest guest) {
    return guest.subscribe(LOBBY).at("/members/0/value/name").asString();
  }
}
