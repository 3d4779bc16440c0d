package dev.priz.conformance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.WebSocket;
import dev.priz.WebSocketServer;
import dev.priz.demo.DemoServer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class EditorInBrowserTest {
  private static final int CHANGES = 120;

  @AutoClose private static Chromium chromium;

  @AutoClose private WebSocketServer server = DemoServer.start("127.0.0.1", 0);

  @BeforeAll
  static void startBrowser() throws IOException {
    chromium = Chromium.start();
  }

  @Test
  void beginsWithOneWelcomeForAll() {
    try (EditorPage ada = open("welcome");
        EditorPage nazim = open("welcome")) {
      ada.untilHas("Everyone who has this page open");

      nazim.untilText(ada.text());
      assertThat(ada.text()).containsOnlyOnce("Things to try");
      assertThat(ada.page().problems()).isEmpty();
    }
  }

  @Test
  void showsToAllWhatOneTypes() {
    try (EditorPage ada = open("notes");
        EditorPage nazim = open("notes")) {
      ada.type("Günaydın 👋\n<b>");
      nazim.untilText("Günaydın 👋\n<b>");

      nazim.typeAt(8, ", אבג");

      ada.untilText("Günaydın, אבג 👋\n<b>");
      nazim.untilText("Günaydın, אבג 👋\n<b>");
    }
  }

  @Test
  void changesOneEmojiForAnother() {
    try (EditorPage ada = open("notes");
        EditorPage nazim = open("notes")) {
      ada.type("a😀b");
      nazim.untilText("a😀b");

      nazim.select(1, 3);
      nazim.type("😁");

      ada.untilText("a😁b");
    }
  }

  @Test
  void convergesWhenTwoTypeAtOnce() throws Exception {
    long seed = System.nanoTime();
    try (EditorPage ada = open("notes");
        EditorPage nazim = open("notes")) {
      typeAtOnce(ada, nazim, seed);

      untilSame(ada, nazim, seed);
      assertThat(ada.text()).as("seed %s", seed).contains("a", "n");
    }
  }

  @Test
  void givesWhoComesLaterTheSameText() throws Exception {
    long seed = System.nanoTime();
    try (EditorPage ada = open("notes");
        EditorPage nazim = open("notes")) {
      typeAtOnce(ada, nazim, seed);
      untilSame(ada, nazim, seed);

      try (EditorPage grace = open("notes")) {
        grace.untilText(ada.text());
      }
    }
  }

  @Test
  void mergesWhatWasTypedWithoutAConnection() throws Exception {
    long seed = System.nanoTime();
    try (EditorPage ada = open("notes");
        EditorPage nazim = open("notes")) {
      ada.type("one two three");
      nazim.untilText("one two three");
      nazim.goAway();

      typeAtOnce(ada, nazim, seed);
      nazim.typeAt(0, "<without>");
      ada.typeAt(0, "<with>");
      nazim.comeBack();

      nazim
          .page()
          .untilShown(
              "#news", "You are back. What you wrote is merged with what the others wrote.");
      ada.untilHas("<without>");
      nazim.untilHas("<with>");
      untilSame(ada, nazim, seed);
    }
  }

  @Test
  void givesTheTextBackToAServerThatStartsAgain() {
    try (EditorPage ada = open("notes");
        EditorPage nazim = open("notes")) {
      ada.type("before ");
      nazim.untilText("before ");

      restart(() -> {
        ada.page().until("document.body.classList.contains('away')");
        nazim.page().until("document.body.classList.contains('away')");
        ada.typeAt(7, "ada ");
        nazim.typeAt(0, "nazim ");
      });
      ada.untilConnected();
      nazim.untilConnected();

      ada.untilText("nazim before ada ");
      nazim.untilText("nazim before ada ");
      try (EditorPage grace = open("notes")) {
        grace.untilText("nazim before ada ");
      }
    }
  }

  @Test
  void keepsTheCaretAtItsWordsWhenOthersTypeBeforeThem() {
    try (EditorPage ada = open("notes");
        EditorPage nazim = open("notes")) {
      ada.type("one two three");
      nazim.untilText("one two three");
      ada.select(4, 7);

      nazim.typeAt(0, "zero ");
      nazim.typeAt(18, " four");
      ada.untilText("zero one two three four");

      assertThat(ada.selection()).isEqualTo("9-12");
      ada.type("2");
      nazim.untilText("zero one 2 three four");
    }
  }

  @Test
  void takesBackOnlyWhatOneWroteOneself() {
    try (EditorPage ada = open("notes");
        EditorPage nazim = open("notes")) {
      ada.type("ada");
      nazim.untilText("ada");
      nazim.typeAt(3, " nazim");
      ada.untilText("ada nazim");

      ada.page().press("z", 90, Page.CONTROL);
      nazim.untilText(" nazim");
      ada.page().press("z", 90, Page.CONTROL | Page.SHIFT);

      nazim.untilText("ada nazim");
      ada.untilText("ada nazim");
    }
  }

  @Test
  void showsWhoIsThereAndWhere() {
    try (EditorPage ada = open("notes")) {
      ada.type("one two three");
      try (EditorPage nazim = open("notes")) {
        nazim.name("Nâzım");
        nazim.untilText("one two three");

        nazim.select(4, 7);

        ada.page().untilShown("#people bdi", "Nâzım");
        ada.page().untilShown("#mirror .selected", "two");
        ada.page().until("document.querySelector('#mirror .caret').dataset.name === 'Nâzım'");
      }
      ada.page().until("!document.querySelector('#people bdi, #mirror .caret')");
    }
  }

  @Test
  void makesTheFieldAsHighAsItsText() {
    try (EditorPage ada = open("welcome")) {
      ada.untilHas("Things to try");
      for (int i = 0; i < 40; i++) ada.type("a longer line, of words that fill it. 😀 אבג\n\n");

      ada.page().resizeToPhone();
      ada.page().until("document.documentElement.scrollWidth <= 390");
      ada.page()
          .until(
              "((area, mirror) => area.scrollHeight === area.clientHeight"
                  + " && area.clientHeight === mirror.clientHeight)"
                  + "(document.querySelector('#text'), document.querySelector('#mirror'))");
    }
  }

  @Test
  void mergesUpdatesSoThatNewcomersHaveLessToRead() {
    try (EditorPage ada = open("notes");
        EditorPage nazim = open("notes")) {
      ada.typeAtRandom(1, 400, "a");
      ada.typeAt(0, "<all>");
      nazim.untilHas("<all>");
      nazim.typeAt(0, "<seen>");
      ada.untilHas("<seen>");
      ada.typeAt(0, "<merged>");
      nazim.untilHas("<merged>");

      JsonNode welcome = welcome("notes");
      assertThat(welcome.get("number").asInt()).isGreaterThan(200);
      assertThat(welcome.get("updates").asInt()).isLessThan(110);
      try (EditorPage grace = open("notes")) {
        grace.untilText(ada.text());
      }
    }
  }

  @Test
  void makesRoomWhereMuchWasReplaced() {
    try (EditorPage ada = open("notes");
        EditorPage nazim = open("notes")) {
      for (String letter : List.of("一", "二", "三", "四", "五")) {
        ada.select(0, 50_000);
        ada.type(letter.repeat(50_000));
      }

      nazim.untilText("五".repeat(50_000));
      ada.page().untilShown("#count", "no more room");
      ada.page().untilShown("#news", "");
    }
  }

  @Test
  void changesNothingWhileAWordIsComposed() {
    try (EditorPage ada = open("notes");
        EditorPage nazim = open("notes")) {
      // It would wait for two seconds only.
      ada.page().evaluate("void (window.setTimeout = () => 0)");
      ada.page().evaluate("document.querySelector('#text').focus()");
      ada.page().compose("a");
      nazim.untilText("a");
      nazim.typeAt(0, "meanwhile ");
      ada.page().compose("あ");
      nazim.untilText("meanwhile あ");
      assertThat(ada.text()).isEqualTo("あ");

      ada.page().insert("安");

      ada.untilText("meanwhile 安");
      nazim.untilText("meanwhile 安");
    }
  }

  private JsonNode welcome(String document) {
    try (WebSocket ws = WebSocket.connect(server.address() + "/ws/editor?doc=" + document)) {
      return new JsonMapper().readTree(ws.receive().text());
    }
  }

  private void restart(Runnable meanwhile) {
    int port = server.port();
    server.close();
    meanwhile.run();
    server = DemoServer.start("127.0.0.1", port);
  }

  private EditorPage open(String document) {
    return EditorPage.open(chromium, server, document);
  }

  private static void typeAtOnce(EditorPage ada, EditorPage nazim, long seed)
      throws ExecutionException, InterruptedException {
    try (ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> typing = both.submit(() -> ada.typeAtRandom(seed, CHANGES, "a"));
      nazim.typeAtRandom(seed + 1, CHANGES, "n");
      typing.get();
    }
  }

  // Each waits for a last word of the other, so that all before it has come.
  private static void untilSame(EditorPage ada, EditorPage nazim, long seed) {
    ada.typeAt(0, "<from ada>");
    nazim.typeAt(0, "<from nazim>");
    ada.untilHas("<from nazim>");
    nazim.untilHas("<from ada>");
    assertThat(ada.text()).as("seed %s", seed).isEqualTo(nazim.text());
  }
}
