package dev.priz.conformance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.WebSocketServer;
import dev.priz.demo.DemoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Takes pictures of the demos, into {@code conformance/target/screenshots}. Those of the README are
 * made by {@code mvn verify -Dpriz.screenshots=docs/images}, which takes two minutes more, until
 * the plots of the dashboard are full.
 */
final class ScreenshotsTest {
  // Maven runs tests in the folder of their module.
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final String FOLDER = System.getProperty("priz.screenshots");
  private static final int MAX_BYTES = 400_000;

  @AutoClose private static Chromium chromium;

  @AutoClose private final WebSocketServer server = DemoServer.start("127.0.0.1", 0);

  @BeforeAll
  static void startBrowser() throws IOException {
    chromium = Chromium.start();
  }

  @Test
  void index() throws IOException {
    try (Page page = chromium.open(server, "/")) {
      takeBoth(page, "index");
    }
  }

  @Test
  void chat() throws IOException {
    try (ChatPage ada = join("Ada");
        ChatPage grace = join("Grace");
        ChatPage nazim = join("Nâzım");
        ChatPage alan = join("Alan")) {
      nazim.untilNoticed("Alan joined");
      say(nazim, ada, "Good morning! Have the new sensors arrived?");
      say(nazim, grace, "All twelve of them, and they have been online since last night 🎉");
      nazim.say("Günaydın! I have them on the dashboard: not one connection was lost.");
      nazim.untilSaid("Günaydın! I have them on the dashboard: not one connection was lost.");
      say(nazim, alan, "Not even when the server was restarted?");
      nazim.say("Well, that they noticed.");
      nazim.say("But each was back within a second, and so was this page.");
      nazim.untilSaid("But each was back within a second, and so was this page.");
      say(nazim, grace, "Then let's do the greenhouse next. 🌱");
      say(nazim, ada, "After lunch 🙂");
      takeBoth(nazim.page(), "chat");
    }
  }

  @Test
  void notifications() throws IOException {
    try (Page ada = chromium.open(server, "/notifications?user=Ada");
        Page nazim = chromium.open(server, "/notifications?user=Nâzım")) {
      String[][] sent = {
        {"Build", "All tests are green", "12,400 of them, in eleven minutes."},
        {"Greenhouse", "The orchids are warm enough", "22.1 °C since seven o'clock."},
        {"Nâzım", "Lunch?", "The usual place, at half past twelve."},
      };
      for (String[] words : sent) {
        nazim.type("#to", "Ada");
        nazim.type("#title", words[1]);
        nazim.type("#text", words[2]);
        nazim.click("#sender .main");
        ada.untilShown(".item h3", words[1]);
      }
      takeBoth(ada, "notifications");
    }
  }

  @Test
  void game() throws IOException {
    try (Page ada = chromium.open(server, "/game")) {
      ada.type("#name", "Ada");
      ada.pressEnter();
      ada.until("document.querySelector('#stage').dataset.player");
      ada.press("KeyD");
      ada.until("document.querySelectorAll('#scores li').length === 8");
      takeBoth(ada, "game");
      ada.release("KeyD");
    }
  }

  @Test
  void prices() throws IOException {
    try (Page page = chromium.open(server, "/prices")) {
      page.until("document.querySelectorAll('.tile').length >= 300");
      takeBoth(page, "prices");
    }
  }

  @Test
  @Timeout(200)
  void iot() throws IOException {
    int readings = FOLDER == null ? 10 : 500;
    try (Page page = chromium.open(server, "/iot")) {
      page.until("document.body.innerText.includes('24 of 24 devices online')");
      for (int heard = 0; heard < readings; heard += 10) {
        page.evaluate("new Promise(done => setTimeout(done, 200))");
      }
      takeBoth(page, "iot");
    }
  }

  @Test
  void editor() throws IOException {
    try (EditorPage ada = EditorPage.open(chromium, server, "welcome");
        EditorPage nazim = EditorPage.open(chromium, server, "welcome")) {
      ada.name("Ada");
      nazim.name("Nâzım");
      nazim.typeAt(0, "Pack list for the greenhouse\n\n- twelve sensors\n- two pumps\n\n");
      ada.page().until("document.querySelector('#text').value.startsWith('Pack list')");
      ada.typeAt(0, "✓ ");
      nazim.page().until("document.querySelector('#text').value.startsWith('✓')");
      takeBoth(nazim.page(), "editor");
    }
  }

  @Test
  @Timeout(200)
  void dashboard() throws IOException {
    int readings = FOLDER == null ? 3 : 116;
    try (Page page = chromium.open(server, "/dashboard")) {
      for (int drawn = 1; drawn < readings; drawn++) {
        page.until(
            "document.querySelector('#cpu-plot .trace').getAttribute('d')?.split('C').length > "
                + drawn);
      }
      takeBoth(page, "dashboard");
    }
  }

  private ChatPage join(String name) {
    return ChatPage.join(chromium, server, name);
  }

  /** Has someone else say something, and waits until the page shows it. */
  private static void say(ChatPage page, ChatPage someone, String text) {
    someone.say(text);
    page.untilSaid(text);
  }

  private static void takeBoth(Page page, String name) throws IOException {
    take(page, name);
    page.resizeToPhone();
    take(page, name + "-phone");
  }

  private static void take(Page page, String name) throws IOException {
    Path folder = PROJECT.resolve(FOLDER == null ? "conformance/target/screenshots" : FOLDER);
    byte[] picture = page.screenshot();
    Files.write(Files.createDirectories(folder).resolve(name + ".png"), picture);
    assertThat(picture).hasSizeLessThan(MAX_BYTES);
  }
}
