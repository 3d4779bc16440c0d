package dev.priz.conformance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.WebSocketServer;
import dev.priz.demo.DemoServer;
import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class IotInBrowserTest {
  private static final String ALL = "24 of 24 devices online";

  @AutoClose private static Chromium chromium;

  @AutoClose private WebSocketServer server = DemoServer.start("127.0.0.1", 0);

  @BeforeAll
  static void startBrowser() throws IOException {
    chromium = Chromium.start();
  }

  @Test
  void showsToAllWhatOneCommands() {
    try (Page ada = open();
        Page nazim = open()) {
      ada.click("#ferns-lamp");
      nazim.click("#ferns-lamp");

      ada.click("#switch");

      ada.until(has("#ferns-lamp", "off"));
      nazim.until(has("#ferns-lamp", "off"));
      ada.until(
          "/Switch off ?done after \\d/.test(document.querySelector('#events').innerText"
              + ".replace(/\\s+/g, ' '))");
      nazim.until("document.querySelector('#switch').getAttribute('aria-checked') === 'false'");
      nazim.untilShown("#events li", "Switch offdone");
      assertThat(ada.problems()).isEmpty();
      assertThat(nazim.problems()).isEmpty();
    }
  }

  @Test
  void tellsAnUnpluggedDeviceWhenItIsBack() {
    try (Page ada = open();
        Page nazim = open()) {
      ada.click("#orchids-pump");
      nazim.click("#orchids-pump");

      ada.click("#plug");
      ada.until(has("#orchids-pump", "offline"));
      nazim.until(has("#orchids-pump", "offline"));
      nazim.untilShown("#online", "23 of 24 devices online");
      nazim.click("#switch");
      nazim.untilShown("#events li", "Switch offwaits until it is back");
      ada.untilShown("#events li", "Switch offwaits until it is back");
      nazim.untilShown("#plug", "Plug in now");
      nazim.click("#plug");

      for (Page page : new Page[] {ada, nazim}) {
        page.until("!" + has("#orchids-pump", "offline"));
        page.until(has("#orchids-pump", "off"));
        page.until("!" + has("#orchids-pump", "pending"));
        page.untilShown("#online", ALL);
      }
    }
  }

  @Test
  void setsATarget() {
    try (Page ada = open();
        Page nazim = open()) {
      ada.click("#citrus-heater");
      nazim.click("#citrus-heater");

      ada.evaluate(
          "(() => { const slider = document.querySelector('#target'); slider.value = '30';"
              + " slider.dispatchEvent(new Event('change')); })()");

      nazim.untilShown("#panel-target", "target 30.0\u202f°C");
      nazim.until("!" + has("#citrus-heater", "pending"));
    }
  }

  @Test
  void comesBackToAServerThatStartsAgain() {
    try (Page ada = open()) {
      int port = server.port();
      server.close();
      server = DemoServer.start("127.0.0.1", port);

      ada.until("/^The connection was lost at/.test(document.querySelector('#notice').innerText)");
      ada.untilShown("#online", ALL);
      ada.click("#citrus-vent");
      ada.click("#switch");
      ada.until(has("#citrus-vent", "off"));
    }
  }

  @Test
  void laysTheDeviceOverTheHousesOnAPhone() {
    try (Page ada = open()) {
      ada.resizeToPhone();
      assertThat(ada.evaluate("document.documentElement.scrollWidth").asInt()).isEqualTo(390);

      ada.click("#citrus-mister");
      ada.untilShown("#panel-name", "Mister, citrus");
      ada.until("document.querySelector('#panel').matches(':modal')");
      ada.click("#panel-close");

      ada.until("!document.querySelector('#panel').open");
    }
  }

  private Page open() {
    Page page = chromium.open(server, "/iot");
    page.untilShown("#online", ALL);
    return page;
  }

  private static String has(String selector, String name) {
    return "document.querySelector('" + selector + "').classList.contains('" + name + "')";
  }
}
