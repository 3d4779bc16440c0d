package dev.priz.demo;

import static java.util.Objects.requireNonNullElse;

import dev.priz.WebSocket;
import dev.priz.WebSocketHandler;
import dev.priz.protocol.CloseCode;
import dev.priz.protocol.Message;
import dev.priz.protocol.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A chat room: what one says, all receive, in the same order. */
final class Chat implements WebSocketHandler {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MAX_NAME_LENGTH = 40;
  private static final int MAX_TEXT_LENGTH = 4_000;

  // Only one thing happens in the room at a time: hence the same order for all.
  private final Map<Person, WebSocket> room = new LinkedHashMap<>();
  private int lastId;

  private record Person(int id, String name) {}

  @Override
  public void handle(WebSocket ws) {
    Person me = enter(ws);
    try {
      for (Message message : ws) {
        if (message instanceof Text text && !text.text().isBlank()) say(me, text.text());
      }
    } finally {
      leave(me);
    }
  }

  private synchronized Person enter(WebSocket ws) {
    int id = ++lastId;
    String name = requireNonNullElse(ws.request().queryParameter("name"), "").strip();
    Person me = new Person(id, name.isEmpty() ? "Guest " + id : cut(name, MAX_NAME_LENGTH));
    tell(room.values(), event("joined", me));
    room.put(me, ws);
    tell(List.of(ws), event("welcome", me).putPOJO("people", room.keySet()));
    return me;
  }

  private synchronized void say(Person me, String words) {
    String text = cut(words, MAX_TEXT_LENGTH);
    long time = System.currentTimeMillis();
    tell(room.values(), event("message", me).put("text", text).put("time", time));
  }

  private synchronized void leave(Person me) {
    room.remove(me);
    tell(room.values(), event("left", me));
  }

  private static ObjectNode event(String type, Person who) {
    return JSON.createObjectNode().put("type", type).put("id", who.id()).put("name", who.name());
  }

  /** Sends without waiting: who reads too slowly must not hold up the others, and has to leave. */
  private static void tell(Iterable<WebSocket> listeners, ObjectNode event) {
    Text json = new Text(JSON.writeValueAsString(event));
    for (WebSocket listener : listeners) {
      listener
          .sendAsync(json)
          .whenComplete((sent, failure) -> {
            if (failure != null) listener.closeAsync(CloseCode.TRY_AGAIN_LATER, "reads too slowly");
          });
    }
  }

  private static String cut(String text, int maxLength) {
    // In code points: half of an emoji is no text.
    boolean fits = text.codePointCount(0, text.length()) <= maxLength;
    return fits ? text : text.substring(0, text.offsetByCodePoints(0, maxLength));
  }
}
