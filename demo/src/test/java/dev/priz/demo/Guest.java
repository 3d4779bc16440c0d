package dev.priz.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.priz.WebSocket;
import dev.priz.WebSocketServer;
import java.net.URLEncoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Someone in the chat who has no page, only a connection. */
record Guest(WebSocket ws) implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  /** Comes in with a name; the welcome is still to be {@linkplain #hear heard}. */
  static Guest enter(WebSocketServer server, String name) {
    String query = "?name=" + URLEncoder.encode(name, UTF_8);
    return new Guest(WebSocket.connect(server.address() + "/ws/chat" + query));
  }

  /** Comes in with a name, and has heard the welcome. */
  static Guest join(WebSocketServer server, String name) {
    Guest guest = enter(server, name);
    guest.hear();
    return guest;
  }

  void say(String text) {
    ws.send(text);
  }

  /** The next event. */
  JsonNode hear() {
    return JSON.readTree(requireNonNull(ws.receive(), () -> "ended: " + ws.closed()).text());
  }

  /** The type and the name of the next event, such as {@code joined Ada}. */
  String hearWho() {
    JsonNode event = hear();
    return event.get("type").asString() + " " + event.get("name").asString();
  }

  /** What is said next. */
  String hearText() {
    return hear().get("text").asString();
  }

  @Override
  public void close() {
    ws.close();
  }
}
