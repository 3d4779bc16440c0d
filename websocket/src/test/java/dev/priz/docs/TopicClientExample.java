package dev.priz.docs;

import dev.priz.TopicClient;
import dev.priz.topic.Outcome;
import dev.priz.topic.Publication;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A program that follows a topic and publishes to it. */
final class TopicClientExample {
  private TopicClientExample() {}

  static CompletionStage<Outcome> talk(String address, Consumer<String> out) {
    // @start region="client"
    try (TopicClient topics = TopicClient.connect(address)) {
      topics
          .subscription("room/42")
          .last(50)
          .onMessage(message -> out.accept(message.text()))
          .onLost(dropped -> out.accept("something is missing here"))
          .start();
      return topics.publish("room/42", Publication.json("{\"text\":\"hello\"}"));
    }
    // @end
  }
}
