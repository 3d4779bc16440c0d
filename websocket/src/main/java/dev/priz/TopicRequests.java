package dev.priz;

import dev.priz.json.Json;
import dev.priz.topic.Position;
import dev.priz.topic.Publication;
import org.jspecify.annotations.Nullable;

/** What a client asks in the subprotocol of topics, as docs/topic-protocol.md has it. */
final class TopicRequests {
  private TopicRequests() {}

  /** Asks for a topic, from a position if there is one. */
  static String subscribe(long id, TopicSubscriptionBuilder wanted, @Nullable Position since) {
    StringBuilder out = begin("subscribe", id, wanted.topic);
    if (since != null) {
      Json.quote(out.append(",\"since\":{\"epoch\":"), since.epoch());
      out.append(",\"at\":\"").append(since.at()).append("\"}");
    }
    if (wanted.last > 0) out.append(",\"last\":").append(wanted.last);
    if (wanted.present != null) out.append(",\"present\":").append(wanted.present);
    if (wanted.onPresence != null) out.append(",\"watch\":true");
    return out.append('}').toString();
  }

  static String unsubscribe(long id, String topic) {
    return begin("unsubscribe", id, topic).append('}').toString();
  }

  /**
   * Asks to publish.
   *
   * @param name which the topic takes once only
   */
  static String publish(long id, String topic, Publication publication, String name) {
    StringBuilder out = begin("publish", id, topic);
    out.append(",\"data\":").append(publication.payloadText());
    String key = publication.key();
    if (key != null) Json.quote(out.append(",\"key\":"), key);
    Json.quote(out.append(",\"name\":"), name);
    if (publication.isExceptSender()) out.append(",\"echo\":false");
    return out.append('}').toString();
  }

  private static StringBuilder begin(String type, long id, String topic) {
    var out = new StringBuilder(160);
    out.append("{\"type\":\"").append(type).append("\",\"id\":").append(id);
    return Json.quote(out.append(",\"topic\":"), topic);
  }
}
