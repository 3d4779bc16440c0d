package dev.priz.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.WebSocket;
import dev.priz.WebSocketServer;
import dev.priz.WebSocketServerBuilder;
import dev.priz.protocol.CloseCode;
import dev.priz.protocol.Timeouts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class EditorTest {
  private static final Duration SHORT = Duration.ofMillis(100);

  @AutoClose private final WebSocketServer server = start();

  @Test
  void passesUpdatesOnToAllInOneOrder() {
    try (Writer ada = Writer.open(server, "notes");
        Writer nazim = Writer.open(server, "notes")) {
      for (int i = 0; i < 100; i++) {
        ada.write("aa%02x".formatted(i));
        nazim.write("bb%02x".formatted(i));
      }

      List<String> readByAda = Stream.generate(ada::update).limit(200).toList();
      List<String> readByNazim = Stream.generate(nazim::update).limit(200).toList();
      assertThat(readByAda).isEqualTo(readByNazim);
      assertThat(readByAda)
          .containsSubsequence(IntStream.range(0, 100).mapToObj("aa%02x"::formatted).toList())
          .containsSubsequence(IntStream.range(0, 100).mapToObj("bb%02x"::formatted).toList());
    }
  }

  @Test
  void givesNewcomersAllUpdatesAndThenTheNext() {
    try (Writer ada = Writer.open(server, "notes")) {
      write(ada, "01", "0203", "04");

      try (Writer nazim = Writer.open(server, "notes")) {
        ada.write("05");

        assertThat(nazim.welcome().get("updates").asInt()).isEqualTo(3);
        assertThat(nazim.welcome().get("number").asInt()).isEqualTo(3);
        assertThat(Stream.generate(nazim::update).limit(4))
            .containsExactly("01", "0203", "04", "05");
      }
    }
  }

  @Test
  void neitherLosesNorRepeatsAnUpdateForWhoComesWhileOthersWrite() {
    try (Writer ada = Writer.open(server, "notes")) {
      List<List<String>> read = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        for (int j = 0; j < 5; j++) ada.write("%02x%02x".formatted(i, j));
        try (Writer reader = Writer.open(server, "notes")) {
          ada.write("%02xff".formatted(i));
          String last = "%02xff".formatted(i);
          List<String> updates = new ArrayList<>();
          while (!updates.contains(last)) updates.add(reader.update());
          read.add(updates);
        }
      }

      List<String> all = Stream.generate(ada::update).limit(180).toList();
      assertThat(read).allSatisfy(updates -> assertThat(all).startsWith(list(updates)));
    }
  }

  @Test
  void keepsWhatIsWrittenWhenAllHaveLeft() {
    try (Writer ada = Writer.open(server, "notes")) {
      write(ada, "0102");
    }

    assertThat(Writer.read(server, "notes")).containsExactly("0102");
  }

  @Test
  void keepsDocumentsApart() {
    try (Writer ada = Writer.open(server, "ada");
        Writer nazim = Writer.open(server, "n%C3%A2z%C4%B1m")) {
      write(ada, "01");
      write(nazim, "02");

      assertThat(Writer.read(server, "ada")).containsExactly("01");
      assertThat(Writer.read(server, "n%C3%A2z%C4%B1m")).containsExactly("02");
    }
  }

  @Test
  void passesAnyBytesOnAsTheyAre() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (Writer ada = Writer.open(server, "notes")) {
      for (int length = 0; length < 50; length++) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        String update = HexFormat.of().formatHex(bytes);

        ada.write(update);

        assertThat(ada.update()).as("seed %s", seed).isEqualTo(update);
      }
    }
  }

  @Test
  void putsWhatIsMergedInThePlaceOfWhatItIsMadeOf() {
    try (Writer ada = Writer.open(server, "notes")) {
      write(ada, "01", "02", "03", "04");

      ada.merge(3, "aabb");
      write(ada, "05");

      assertThat(Writer.read(server, "notes")).containsExactly("aabb", "04", "05");
    }
  }

  @Test
  void countsUpdatesOnAfterAMerge() {
    try (Writer ada = Writer.open(server, "notes")) {
      write(ada, "01", "02", "03");
      ada.merge(3, "aa");
      write(ada, "04");

      ada.merge(4, "bb");
      write(ada, "05");

      try (Writer nazim = Writer.open(server, "notes")) {
        assertThat(nazim.welcome().get("number").asInt()).isEqualTo(5);
        assertThat(nazim.update()).isEqualTo("bb");
        assertThat(nazim.update()).isEqualTo("05");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 5, -1, Long.MAX_VALUE, Long.MIN_VALUE})
  void ignoresMergesThatComeTooLateOrAreOfNothing(long upTo) {
    try (Writer ada = Writer.open(server, "notes")) {
      write(ada, "01", "02", "03");
      ada.merge(3, "aa");

      ada.merge(upTo, "bb");
      write(ada, "04");

      assertThat(Writer.read(server, "notes")).containsExactly("aa", "04");
    }
  }

  @Test
  void refusesWhatIsTooMuchForADocument() {
    String half = "ab".repeat(Editor.MAX_DOCUMENT_BYTES / 2);
    try (Writer ada = Writer.open(server, "notes")) {
      write(ada, half);

      ada.write(half);

      assertThat(ada.event().get("type").asString()).isEqualTo("full");
      assertThat(Writer.read(server, "notes")).hasSize(1);
    }
  }

  @Test
  void countsSmallUpdatesAsWhatTheyTakeInMemory() {
    int tooMany = Editor.MAX_DOCUMENT_BYTES / 64 + 1;
    try (Writer ada = Writer.open(server, "notes")) {
      Thread.ofVirtual().start(() -> IntStream.range(0, tooMany).forEach(i -> ada.write("")));

      assertThat(ada.event().get("type").asString()).isEqualTo("full");
    }
  }

  @Test
  void hasRoomAgainAfterAMerge() {
    String half = "ab".repeat(Editor.MAX_DOCUMENT_BYTES / 2);
    try (Writer ada = Writer.open(server, "notes")) {
      write(ada, half);

      ada.merge(1, "aa");
      write(ada, half);

      assertThat(Writer.read(server, "notes")).containsExactly("aa", half);
    }
  }

  @Test
  void refusesAMergeThatIsTooMuch() {
    String tooMuch = "ab".repeat(Editor.MAX_DOCUMENT_BYTES);
    try (Writer ada = Writer.open(server, "notes")) {
      write(ada, "01");

      ada.merge(1, tooMuch);
      write(ada, "02");

      assertThat(Writer.read(server, "notes")).containsExactly("01", "02");
    }
  }

  @Test
  void tellsTheOthersWhoIsWhere() {
    try (Writer ada = Writer.open(server, "notes");
        Writer nazim = Writer.open(server, "notes")) {
      ada.ws().send("{\"type\":\"person\",\"name\":\"Ada\",\"head\":{\"assoc\":-1},\"id\":77}");

      JsonNode person = nazim.event();
      assertThat(person.get("type").asString()).isEqualTo("person");
      assertThat(person.get("id")).isEqualTo(ada.welcome().get("id"));
      assertThat(person.get("name").asString()).isEqualTo("Ada");
      assertThat(person.at("/head/assoc").asInt()).isEqualTo(-1);
    }
  }

  @Test
  void tellsNewcomersWhoIsThere() {
    try (Writer ada = Writer.open(server, "notes")) {
      ada.ws().send("{\"type\":\"person\",\"name\":\"Ada\"}");
      ada.event();

      try (Writer nazim = Writer.open(server, "notes")) {
        assertThat(nazim.welcome().at("/people/0/name").asString()).isEqualTo("Ada");
        assertThat(nazim.welcome().get("people")).hasSize(1);
      }
    }
  }

  @Test
  void tellsTheOthersWhoLeaves() {
    try (Writer ada = Writer.open(server, "notes")) {
      Writer nazim = Writer.open(server, "notes");

      nazim.ws().abort();

      JsonNode left = ada.event();
      assertThat(left.get("type").asString()).isEqualTo("left");
      assertThat(left.get("id")).isEqualTo(nazim.welcome().get("id"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "words",
        "{",
        "{\"type\":\"merged\",\"number\":1,\"state\":\"no base 64\"}",
        "{\"type\":\"merged\",\"number\":1}",
        "{\"type\":\"person\",\"name\":\"\\ud800\"}"
      })
  void turnsAwayWhoSendsMalformedText(String text) {
    try (Writer ada = Writer.open(server, "notes")) {
      write(ada, "01");

      ada.ws().send(text);

      assertThat(ada.end().code()).isEqualTo(CloseCode.POLICY_VIOLATION);
      assertThat(Writer.read(server, "notes")).containsExactly("01");
    }
  }

  @Test
  void turnsAwayWhoSaysTooMuchOfItself() {
    try (Writer ada = Writer.open(server, "notes")) {
      ada.ws().send("{\"type\":\"person\",\"name\":\"" + "a".repeat(2_000) + "\"}");

      assertThat(ada.end().code()).isEqualTo(CloseCode.POLICY_VIOLATION);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?doc=", "?doc=a/b", "?doc=a%00", "?doc=%ff", "?doc=..", "?doc=*"})
  void hasNoDocumentsOfOtherNames(String query) {
    try (WebSocket ws = WebSocket.connect(server.address() + "/ws/editor" + query)) {
      assertThat(ws.run().code()).isEqualTo(CloseCode.POLICY_VIOLATION);
    }
  }

  @Test
  void forgetsTheDocumentThatWasOpenedLongestAgoForANewOne() {
    for (int i = 0; i < Editor.MAX_DOCUMENTS; i++) {
      try (Writer writer = Writer.open(server, "doc" + i)) {
        write(writer, "01");
      }
    }
    Writer.read(server, "doc0");

    Writer.read(server, "one-more");

    assertThat(Writer.read(server, "doc0")).containsExactly("01");
    assertThat(Writer.read(server, "doc2")).containsExactly("01");
    assertThat(Writer.read(server, "doc1")).isEmpty();
  }

  @Test
  void forgetsNoDocumentInWhichSomeoneIs() {
    List<Writer> writers =
        IntStream.range(0, Editor.MAX_DOCUMENTS)
            .mapToObj(i -> Writer.open(server, "doc" + i))
            .toList();

    try (WebSocket ws = WebSocket.connect(server.address() + "/ws/editor?doc=one-more")) {
      assertThat(ws.run().code()).isEqualTo(CloseCode.TRY_AGAIN_LATER);
    }

    writers.forEach(Writer::close);
  }

  private static WebSocketServer start() {
    WebSocketServerBuilder builder =
        WebSocketServer.at("127.0.0.1:0").timeouts(Timeouts.DEFAULT.closing(SHORT, SHORT));
    new Editor().configure(builder);
    return builder.start();
  }

  // Until they have come back, and so are kept.
  private static void write(Writer writer, String... updates) {
    for (String update : updates) {
      writer.write(update);
      assertThat(writer.update()).isEqualTo(update);
    }
  }

  private static String[] list(List<String> updates) {
    return updates.toArray(String[]::new);
  }
}
