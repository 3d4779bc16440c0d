package dev.priz.demo;

import static java.util.Objects.requireNonNull;

import dev.priz.WebSocket;
import dev.priz.WebSocketClient;
import dev.priz.WebSocketServer;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Someone without a page, whose connection speaks the subprotocol of topics by the letter. */
record Guest(WebSocketClient client, WebSocket ws) implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  /** Connects, and subscribes to nothing yet. */
  static Guest connect(WebSocketServer server, String pathAndQuery) {
    WebSocketClient client = WebSocketClient.builder().subprotocols("priz.topic.v1").build();
    return new Guest(client, client.connect(server.address() + pathAndQuery));
  }

  /** Subscribes with all of the history and who is there; the answer, which may be an error. */
  JsonNode subscribe(String topic) {
    ask(Map.of("type", "subscribe", "id", 1, "topic", topic, "last", 1_000, "watch", true));
    return hear();
  }

  /** Subscribes again where the connection before left off; the answer. */
  JsonNode subscribe(String topic, String epoch, String at) {
    var since = Map.of("epoch", epoch, "at", at);
    ask(Map.of("type", "subscribe", "id", 1, "topic", topic, "since", since));
    return hear();
  }

  /** Publishes a value, which turns into JSON. */
  void publish(String topic, Object data) {
    ask(Map.of("type", "publish", "id", 2, "topic", topic, "data", data));
  }

  /** Asks for something in the words of the protocol. */
  void ask(Map<String, ?> request) {
    ws.send(JSON.writeValueAsString(request));
  }

  /** What comes next. */
  JsonNode hear() {
    return JSON.readTree(requireNonNull(ws.receive(), () -> "ended: " + ws.closed()).text());
  }

  /** What comes next of a type; what comes before it is skipped. */
  JsonNode hear(String type) {
    JsonNode heard = hear();
    while (!heard.get("type").asString().equals(type)) heard = hear();
    return heard;
  }

  @Override
  public void close() {
    ws.close();
    client.close();
  }
}
