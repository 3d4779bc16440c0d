package dev.priz.conformance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.WebSocketServer;
import dev.priz.demo.DemoServer;
import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PagesInBrowserTest {
  @AutoClose private static Chromium chromium;

  @AutoClose private final WebSocketServer server = DemoServer.start("127.0.0.1", 0);

  @BeforeAll
  static void startBrowser() throws IOException {
    chromium = Chromium.start();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/chat",
        "/dashboard",
        "/editor",
        "/game",
        "/iot",
        "/notifications",
        "/prices",
        "/source?chat"
      })
  void loadsWithoutAProblem(String path) {
    try (Page page = chromium.open(server, path)) {
      assertThat(page.problems()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/chat",
        "/dashboard",
        "/editor",
        "/game",
        "/iot",
        "/notifications",
        "/prices",
        "/source?chat"
      })
  void fitsOnAPhone(String path) {
    try (Page page = chromium.open(server, path)) {
      page.resizeToPhone();

      page.until("document.documentElement.scrollWidth <= 390");
    }
  }

  @Test
  void showsEachFileOfASource() {
    try (Page page = chromium.open(server, "/source?game")) {
      int files = page.texts("#files a").size();
      for (int i = 1; i <= files; i++) {
        page.click("#files a:nth-child(" + i + ")");
        page.until("document.querySelector('#files a:nth-child(" + i + ")[aria-current=true]')");
        page.until("document.querySelectorAll('#code .row').length > 20");
      }

      assertThat(files).isGreaterThan(10);
      assertThat(page.problems()).isEmpty();
    }
  }

  @Test
  void namesWhatIsMissing() {
    try (Page page = chromium.open(server, "/nothing")) {
      // The browser may ask for an icon, too.
      assertThat(page.problems()).isNotEmpty().allMatch(problem -> problem.contains("404"));
    }
  }
}
