package dev.priz.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.WebSocket;
import dev.priz.WebSocketServer;
import dev.priz.protocol.Timeouts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

  @AutoClose
  private final WebSocketServer server =
      WebSocketServer.at("127.0.0.1:0")
          .route("/ws/chat", new Chat())
          .timeouts(Timeouts.DEFAULT.closing(SHORT, SHORT))
          .start();

  @Test
  void welcomesWithIdAndName() {
    try (Guest ada = Guest.enter(server, "Ada")) {
      JsonNode welcome = ada.hear();

      assertThat(welcome.get("type").asString()).isEqualTo("welcome");
      assertThat(welcome.get("name").asString()).isEqualTo("Ada");
      assertThat(welcome.get("id").isInt()).isTrue();
    }
  }

  @Test
  void namesEveryoneInTheRoomInTheWelcome() {
    try (Guest ada = Guest.enter(server, "Ada");
        Guest nazim = Guest.enter(server, "Nâzım")) {
      int adasId = ada.hear().get("id").asInt();

      JsonNode welcome = nazim.hear();

      JsonNode people = welcome.get("people");
      assertThat(people.valueStream().map(person -> person.get("name").asString()))
          .containsExactly("Ada", "Nâzım");
      assertThat(people.valueStream().map(person -> person.get("id").asInt()))
          .containsExactly(adasId, welcome.get("id").asInt());
    }
  }

  @Test
  void tellsTheOthersWhoJoins() {
    try (Guest ada = Guest.join(server, "Ada");
        Guest grace = Guest.join(server, "Grace")) {
      assertThat(ada.hearWho()).isEqualTo("joined Grace");

      grace.say("hello");

      assertThat(grace.hearText()).as("nothing was in between").isEqualTo("hello");
    }
  }

  @Test
  void tellsWhoSaidWhatAndWhen() {
    try (Guest ada = Guest.enter(server, "Ada")) {
      int id = ada.hear().get("id").asInt();
      Instant before = Instant.now().minusMillis(1);

      ada.say("çok güzel 🎉");

      JsonNode message = ada.hear();
      assertThat(message.get("type").asString()).isEqualTo("message");
      assertThat(message.get("id").asInt()).isEqualTo(id);
      assertThat(message.get("name").asString()).isEqualTo("Ada");
      assertThat(message.get("text").asString()).isEqualTo("çok güzel 🎉");
      assertThat(Instant.ofEpochMilli(message.get("time").asLong()))
          .isBetween(before, Instant.now());
    }
  }

  @Test
  void givesMessagesToAllInTheSameOrder() {
    try (Guest ada = Guest.join(server, "Ada");
        Guest grace = Guest.join(server, "Grace")) {
      ada.hear();

      for (int i = 0; i < 100; i++) {
        ada.say("a" + i);
        grace.say("g" + i);
      }

      List<String> heardByAda = Stream.generate(ada::hearText).limit(200).toList();
      List<String> heardByGrace = Stream.generate(grace::hearText).limit(200).toList();
      assertThat(heardByAda).isEqualTo(heardByGrace);
      assertThat(heardByAda)
          .containsSubsequence(IntStream.range(0, 100).mapToObj(i -> "a" + i).toList())
          .containsSubsequence(IntStream.range(0, 100).mapToObj(i -> "g" + i).toList());
    }
  }

  @Test
  void tellsTheOthersWhoCloses() {
    try (Guest ada = Guest.join(server, "Ada");
        Guest grace = Guest.join(server, "Grace")) {
      ada.hear();

      grace.ws().close();

      assertThat(ada.hearWho()).isEqualTo("left Grace");
      assertThat(grace.ws().closed().isClean()).isTrue();
    }
  }

  @Test
  void tellsTheOthersWhoIsCutOff() {
    try (Guest ada = Guest.join(server, "Ada");
        Guest grace = Guest.join(server, "Grace")) {
      ada.hear();

      grace.ws().abort();

      assertThat(ada.hearWho()).isEqualTo("left Grace");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"?name=", "?name=%20%20", "?name=%ff", ""})
  void namesTheNameless(String query) {
    try (var guest = new Guest(WebSocket.connect(server.address() + "/ws/chat" + query))) {
      assertThat(guest.hearWho()).isEqualTo("welcome Guest 1");
    }
  }

  @Test
  void cutsLongNames() {
    try (Guest guest = Guest.enter(server, "🎉".repeat(41))) {
      assertThat(guest.hearWho()).isEqualTo("welcome " + "🎉".repeat(40));
    }
  }

  @Test
  void cutsLongMessages() {
    try (Guest ada = Guest.join(server, "Ada")) {
      ada.say("🎉".repeat(4_001));

      assertThat(ada.hearText()).isEqualTo("🎉".repeat(4_000));
    }
  }

  @Test
  void passesOnNeitherBlankNorBinaryMessages() {
    try (Guest ada = Guest.join(server, "Ada")) {
      ada.say("");
      ada.say(" \n");
      ada.ws().send(new byte[] {1, 2, 3});
      ada.say("words");

      assertThat(ada.hearText()).isEqualTo("words");
    }
  }

  @Test
  void isNotHeldUpByOneWhoDoesNotRead() {
    try (Guest deaf = Guest.enter(server, "Deaf");
        Guest ada = Guest.join(server, "Ada")) {
      // Letters that compression does not make much of.
      String letters =
          new Random(1)
              .ints(4_000, 'a', 'z' + 1)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      String heard = "";
      for (int i = 0; i < 20_000 && !heard.equals("left Deaf"); i++) {
        ada.say(letters);
        heard = ada.hearWho();
      }

      assertThat(heard).isEqualTo("left Deaf");
      assertThat(deaf.ws().isOpen()).as("nothing was read that could tell").isTrue();
      deaf.ws().abort();
    }
  }
}
