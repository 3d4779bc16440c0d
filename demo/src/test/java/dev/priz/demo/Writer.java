package dev.priz.demo;

import static java.util.Objects.requireNonNull;

import dev.priz.WebSocket;
import dev.priz.WebSocketServer;
import dev.priz.protocol.Binary;
import dev.priz.protocol.Closed;
import dev.priz.protocol.Message;
import dev.priz.protocol.Text;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Someone in the editor who has no page, only a connection.
 *
 * @param ws the connection
 * @param welcome what it was told first
 */
record Writer(WebSocket ws, JsonNode welcome) implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  /** Opens a document; the updates in it are still to be {@linkplain #update read}. */
  static Writer open(WebSocketServer server, String document) {
    WebSocket ws = WebSocket.connect(server.address() + "/ws/editor?doc=" + document);
    return new Writer(ws, JSON.readTree(requireNonNull(ws.receive()).text()));
  }

  /** Opens a document, and reads all updates in it. */
  static List<String> read(WebSocketServer server, String document) {
    try (Writer reader = open(server, document)) {
      List<String> updates = new ArrayList<>();
      int count = reader.welcome.get("updates").asInt();
      for (int i = 0; i < count; i++) updates.add(reader.update());
      return updates;
    }
  }

  /** Sends an update, in hexadecimal digits. */
  void write(String update) {
    ws.send(HexFormat.of().parseHex(update));
  }

  /** Sends one update in place of all up to a number. */
  void merge(long upTo, String state) {
    String base64 = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(state));
    ws.send("{\"type\":\"merged\",\"number\":" + upTo + ",\"state\":\"" + base64 + "\"}");
  }

  /** The next update, after what is said of people. */
  String update() {
    while (true) {
      if (next() instanceof Binary(byte[] update)) return HexFormat.of().formatHex(update);
    }
  }

  /** The next event, after updates. */
  JsonNode event() {
    while (true) {
      if (next() instanceof Text(String text)) return JSON.readTree(text);
    }
  }

  /** Reads to the end, and tells what it was. */
  Closed end() {
    for (Message message = ws.receive(); message != null; ) message = ws.receive();
    return requireNonNull(ws.closed());
  }

  private Message next() {
    return requireNonNull(ws.receive(), () -> "ended: " + ws.closed());
  }

  @Override
  public void close() {
    ws.close();
  }
}
