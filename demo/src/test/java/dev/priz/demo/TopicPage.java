package dev.priz.demo;

import static java.util.Objects.requireNonNull;

import dev.priz.WebSocket;
import dev.priz.WebSocketClient;
import dev.priz.WebSocketServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a page says and hears of topics, without the page. */
record TopicPage(WebSocketClient client, WebSocket ws) implements AutoCloseable {
  static final JsonMapper JSON = new JsonMapper();

  static TopicPage open(WebSocketServer server, String path) {
    WebSocketClient client = WebSocketClient.builder().subprotocols("priz.topic.v1").build();
    return new TopicPage(client, client.connect(server.address() + path));
  }

  /** Subscribes, and hears the answer. */
  JsonNode subscribe(String topic, int last) {
    ws.send(
        JSON.createObjectNode()
            .put("type", "subscribe")
            .put("id", 1)
            .put("topic", topic)
            .put("last", last)
            .toString());
    return hear();
  }

  /** Subscribes where it left off, and hears the answer. */
  JsonNode subscribeSince(String topic, JsonNode position) {
    ws.send(
        JSON.createObjectNode()
            .put("type", "subscribe")
            .put("id", 3)
            .put("topic", topic)
            .putPOJO("since", position)
            .toString());
    return hear();
  }

  /** Publishes, and hears the answer. */
  JsonNode publish(String topic, JsonNode data) {
    ws.send(
        JSON.createObjectNode()
            .put("type", "publish")
            .put("id", 2)
            .put("topic", topic)
            .putPOJO("data", data)
            .toString());
    return hear();
  }

  /** The next message. */
  JsonNode hear() {
    return JSON.readTree(requireNonNull(ws.receive(), () -> "ended: " + ws.closed()).text());
  }

  /** What the next publication to a topic says. */
  JsonNode hear(String topic) {
    return hearMessage(topic).get("data");
  }

  /** The next publication to a topic, with its position. */
  JsonNode hearMessage(String topic) {
    JsonNode message = hear();
    while (!message.get("type").asString().equals("message")
        || !message.get("topic").asString().equals(topic)) {
      message = hear();
    }
    return message;
  }

  @Override
  public void close() {
    ws.close();
    client.close();
  }
}
