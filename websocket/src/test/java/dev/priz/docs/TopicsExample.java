package dev.priz.docs;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.priz.TopicClient;
import dev.priz.TopicMessage;
import dev.priz.TopicRules;
import dev.priz.WebSocket;
import dev.priz.WebSocketServer;
import dev.priz.topic.Outcome;
import dev.priz.topic.Publication;
import dev.priz.topic.SlowPolicy;
import dev.priz.topic.TopicOptions;
import dev.priz.topic.Verdict;
import java.time.Duration;
import java.util.function.Consumer;

/** What docs/how-to/topics.md and the Javadoc show. */
final class TopicsExample {
  private TopicsExample() {}

  static WebSocketServer rooms(String address) {
    WebSocketServer server =
        WebSocketServer.at(address)
            .route(
                "/chat/{room}",
                ws -> {
                  String room = "room/" + ws.pathParameter("room");
                  ws.subscribe(room);
                  for (var message : ws) {
                    ws.publish(room, Publication.text(message.text()).exceptSender());
                  }
                })
            .start();
    return server;
  }

  static void announce(WebSocketServer server) {
    server.topic("room/42").publish("The server stops at six.");
  }

  // @start region="rules"
  /** Who is logged in may read, and writes under the own name. */
  static final class ChatRules implements TopicRules {
    @Override
    public Verdict subscribe(WebSocket ws, String topic) {
      return topic.startsWith("room/") ? Verdict.allow() : Verdict.refuse("no such room");
    }

    @Override
    public Verdict publish(WebSocket ws, String topic, Publication publication) {
      if (!(ws.attachment() instanceof String name)) return Verdict.refuse("log in first");
      String said = "{\"by\":\"%s\",\"said\":%s}".formatted(name, publication.payloadText());
      return Verdict.allow().publish(Publication.json(said));
    }
  }

  // @end

  static WebSocketServer live(String address) {
    WebSocketServer server =
        WebSocketServer.at(address)
            .topicsAt("/live", new ChatRules())
            .topics("room/*", TopicOptions.DEFAULT.history(100, Duration.ofHours(24)))
            .topics("prices", TopicOptions.DEFAULT.slow(SlowPolicy.CONFLATE))
            .start();
    return server;
  }

  static Outcome sayHello(String address, Consumer<TopicMessage> show) throws Exception {
    try (TopicClient topics = TopicClient.connect(address)) {
      topics.subscription("room/42").last(50).onMessage(show).start();
      return topics
          .publish("room/42", Publication.json("\"hello\""))
          .toCompletableFuture()
          .get(20, SECONDS);
    }
  }

  static Publication publication() {
    // @start region="publication"
    Publication price = Publication.json("{\"symbol\":\"ACME\",\"price\":10.5}").key("ACME");
    // @end
    return price;
  }
}
