package dev.priz.hub;

import dev.priz.topic.Outcome;
import dev.priz.topic.Presence;
import dev.priz.topic.Publication;
import dev.priz.topic.Topic;
import java.util.concurrent.CompletionStage;

/** A topic as programs see it: its name and where to ask. */
record NamedTopic(Hub hub, String name) implements Topic {

  @Override
  public CompletionStage<Outcome> publish(Publication publication) {
    return hub.publish(name, publication, Envelope.NOBODY);
  }

  @Override
  public int subscribers() {
    return hub.subscribers(name);
  }

  @Override
  public CompletionStage<Presence> presence() {
    return hub.presence(name);
  }
}
