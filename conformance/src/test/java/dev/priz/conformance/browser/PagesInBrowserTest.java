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
  @ValueSource(strings = {"/", "/chat", "/dashboard"})
  void loadsWithoutAProblem(String path) {
    try (Page page = chromium.open(server, path)) {
      assertThat(page.problems()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/chat", "/dashboard"})
  void fitsOnAPhone(String path) {
    try (Page page = chromium.open(server, path)) {
      page.resizeToPhone();

      page.until("document.documentElement.scrollWidth <= 390");
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
