package dev.priz.conformance.browser;

import dev.priz.WebSocketServer;
import java.util.List;

/**
 * The chat demo's page.
 *
 * @param page which shows it
 */
record ChatPage(Page page) implements AutoCloseable {

  /** Opens the page, and waits until it is in the room that everyone comes to first. */
  static ChatPage join(Chromium chromium, WebSocketServer server, String name) {
    return join(chromium, server, name, "lobby");
  }

  /** Opens the page by the link of a room, and waits until it is there. */
  static ChatPage join(Chromium chromium, WebSocketServer server, String name, String room) {
    Page page = chromium.open(server, "/chat#" + room);
    page.type("#name", name);
    page.click("#join-button");
    page.until("!document.querySelector('#message').disabled");
    return new ChatPage(page);
  }

  /** Sends a message. */
  void say(String text) {
    page.type("#message", text);
    page.pressEnter();
  }

  /** Waits until something was said. */
  void untilSaid(String text) {
    page.untilShown("#log .message .text", text);
  }

  /** Waits until a notice is in the log. */
  void untilNoticed(String text) {
    page.untilShown("#log .notice", text);
  }

  /** All that was said, oldest first. */
  List<String> said() {
    return page.texts("#log .message .text");
  }

  /** Who is in the room, this page's own visitor first. */
  List<String> people() {
    return page.texts("#people li bdi");
  }

  @Override
  public void close() {
    page.close();
  }
}
