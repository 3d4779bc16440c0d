package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks the subprotocol of topics literally. */
final class TopicPeer implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final WebSocketClient client =
      WebSocketClient.builder().subprotocols("priz.topic.v1").build();
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final WebSocket ws;

  TopicPeer(WebSocketServer server, String path) {
    ws = client.connect(server.address() + path, opened -> opened.onText(heard::add));
  }

  /** Sends JSON, in which apostrophes stand for quotation marks. */
  void say(String json) {
    ws.send(json.replace('\'', '"'));
  }

  /** The next message. */
  JsonNode hear() {
    try {
      return JSON.readTree(Soon.next(heard));
    } catch (InterruptedException interrupt) {
      throw new AssertionError(interrupt);
    }
  }

  /** The next message, which is of this type. */
  JsonNode hear(String type) {
    JsonNode message = hear();
    assertThat(message.path("type").asString("none")).as("%s", message).isEqualTo(type);
    return message;
  }

  /** Subscribes, and gives the answer. */
  JsonNode subscribe(String topic, String more) {
    say("{'type':'subscribe','id':1,'topic':'" + topic + "'" + more + "}");
    return hear("subscribed");
  }

  /** What an answer or a message says of the position, for a request to go on there. */
  static String since(JsonNode subscribed, JsonNode last) {
    return ",'since':{'epoch':'%s','at':'%s'}"
        .formatted(subscribed.get("epoch").asString(), last.get("at").asString());
  }

  WebSocket ws() {
    return ws;
  }

  @Override
  public void close() {
    client.close();
  }
}
