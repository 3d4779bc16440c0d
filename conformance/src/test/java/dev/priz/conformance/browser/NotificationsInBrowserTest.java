package dev.priz.conformance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.WebSocket;
import dev.priz.WebSocketServer;
import dev.priz.demo.DemoServer;
import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class NotificationsInBrowserTest {
  @AutoClose private static Chromium chromium;

  @AutoClose private WebSocketServer server = DemoServer.start("127.0.0.1", 0);

  @BeforeAll
  static void startBrowser() throws IOException {
    chromium = Chromium.start();
  }

  @Test
  void toastsInEveryTabOfTheReceiverOnly() {
    try (Page ada = open("Ada");
        Page nazim = open("Nâzım")) {
      Page secondTab = openTab(ada, "Ada");

      send(nazim, "Ada", "<b>Hello</b> Ada");
      ada.untilShown(".toast .title", "<b>Hello</b> Ada");
      secondTab.untilShown(".toast .title", "<b>Hello</b> Ada");
      send(ada, "Nâzım", "Hello Nâzım");
      nazim.untilShown(".toast .title", "Hello Nâzım");

      assertThat(nazim.texts(".toast .title")).containsExactly("Hello Nâzım");
      assertThat(ada.texts(".toast .from")).containsExactly("from Nâzım");
      assertThat(ada.texts("#unread")).containsExactly("1");
    }
  }

  @Test
  void marksAsReadInEveryTab() {
    try (Page ada = open("Ada")) {
      Page secondTab = openTab(ada, "Ada");
      send(ada, "Ada", "first");
      send(ada, "Ada", "second");
      send(ada, "Ada", "third");
      ada.untilShown("#unread", "3");
      secondTab.untilShown("#unread", "3");

      ada.click("#list .item .mark");
      secondTab.untilShown("#unread", "2");
      assertThat(secondTab.texts(".item:not(.unread) h3")).containsExactly("third");

      ada.click("#read-all");
      secondTab.until("badge.hidden");
      assertThat(secondTab.texts(".item.unread h3")).isEmpty();
      assertThat(secondTab.texts(".item h3")).containsExactly("third", "second", "first");
    }
  }

  @Test
  void countsInTheTitle() {
    try (Page ada = open("Ada")) {
      send(ada, "Ada", "first");
      ada.until("document.title.startsWith('(1) ')");

      ada.click("#read-all");

      ada.until("document.title.startsWith('Ada')");
    }
  }

  @Test
  void toastsWhatCameWhileItWasCutOff() {
    try (Page ada = open("Ada");
        Page nazim = open("Nâzım")) {
      server.subscribers("notifications/Ada").forEach(WebSocket::abort);
      send(nazim, "Ada", "meanwhile");

      ada.untilShown(".toast .title", "meanwhile");
      assertThat(ada.texts(".item.unread h3")).containsExactly("meanwhile");
    }
  }

  @Test
  void listsWhatCameBeforeThisVisit() {
    try (Page nazim = open("Nâzım")) {
      send(nazim, "Ada", "first");
      send(nazim, "Ada", "second");

      try (Page ada = open("Ada")) {
        ada.untilShown(".toast .title", "2 unread notifications while you were away");
        assertThat(ada.texts(".item.unread h3")).containsExactly("second", "first");

        ada.click("#read-all");
        ada.go("about:blank");
        ada.go(address("Ada"));
        ada.untilShown(".item h3", "first");
        assertThat(ada.texts(".item.unread")).isEmpty();
        assertThat(ada.texts(".toast")).isEmpty();
      }
    }
  }

  @Test
  void saysThatItWasNotSent() {
    try (Page ada = open("Ada")) {
      send(ada, "no/body", "first");

      ada.untilShown("#outcome", "“first” was not sent: there can be no such user.");
    }
  }

  @Test
  void saysThatAUserCannotBe() {
    try (Page page = chromium.open(server, "/notifications?user=no%2Fbody")) {
      page.untilShown("#empty", "This does not work: these are not yours to read.");
    }
  }

  @Test
  void dismissesAToastAndKeepsItUnread() {
    try (Page ada = open("Ada")) {
      send(ada, "Ada", "first");
      ada.untilShown(".toast .title", "first");

      ada.click(".toast .dismiss");

      assertThat(ada.texts(".toast")).isEmpty();
      assertThat(ada.texts("#unread")).containsExactly("1");
    }
  }

  @Test
  void toastsGoByThemselves() {
    try (Page ada = open("Ada")) {
      send(ada, "Ada", "first");
      ada.untilShown(".toast .title", "first");

      ada.until("!document.querySelector('.toast')");
    }
  }

  @Test
  void tellsManyAtOnceTogether() {
    try (Page ada = open("Ada");
        Page nazim = open("Nâzım")) {
      server.subscribers("notifications/Ada").forEach(WebSocket::abort);
      for (int i = 1; i <= 5; i++) send(nazim, "Ada", "n" + i);

      ada.untilShown("#unread", "5");

      assertThat(ada.texts(".toast .title")).hasSizeLessThanOrEqualTo(4);
    }
  }

  @Test
  void comesBackToAServerThatStartsAgain() {
    try (Page ada = open("Ada")) {
      send(ada, "Ada", "before");
      ada.untilShown(".item h3", "before");

      int port = server.port();
      server.close();
      server = DemoServer.start("127.0.0.1", port);
      ada.until("!lost.hidden");
      send(ada, "Ada", "after");

      ada.untilShown(".item h3", "after");
      assertThat(ada.texts(".item h3")).containsExactly("after", "before");
    }
  }

  private Page open(String user) {
    Page page = chromium.open(server, "/notifications?user=" + user);
    page.until("document.querySelector('#status').dataset.state === 'open'");
    return page;
  }

  private Page openTab(Page page, String user) {
    Page tab = page.openTab(address(user));
    tab.until("document.querySelector('#status').dataset.state === 'open'");
    return tab;
  }

  private String address(String user) {
    return server.address().replace("ws:", "http:") + "/notifications?user=" + user;
  }

  /** Fills in the form, and waits for what the page says of it. */
  private static void send(Page page, String user, String title) {
    page.type("#to", user);
    page.type("#title", title);
    page.click("#sender .main");
    page.until("outcome.textContent.startsWith(" + "'“" + title + "” was')");
  }
}
