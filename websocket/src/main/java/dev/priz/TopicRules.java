package dev.priz;

import dev.priz.topic.Publication;
import dev.priz.topic.Verdict;

/**
 * What the clients of a path may do with topics by themselves, in the subprotocol {@code
 * priz.topic.v1}; nothing but what these methods allow. Called on the connection's event loop, they
 * must not block: what has to ask elsewhere says {@link Verdict#later}. One that throws refuses.
 *
 * {@snippet class="dev.priz.docs.TopicsExample" region="rules"}
 */
public interface TopicRules {

  /** Lets everyone subscribe and nobody publish: for what only the server tells. */
  TopicRules SUBSCRIBE_ONLY =
      new TopicRules() {
        @Override
        public Verdict subscribe(WebSocket ws, String topic) {
          return Verdict.allow();
        }
      };

  /** Lets everyone subscribe and publish: for demos, and among friends. */
  TopicRules OPEN =
      new TopicRules() {
        @Override
        public Verdict subscribe(WebSocket ws, String topic) {
          return Verdict.allow();
        }

        @Override
        public Verdict publish(WebSocket ws, String topic, Publication publication) {
          return Verdict.allow();
        }
      };

  /**
   * Whether a client may subscribe to a topic, read its history and see who is there. What it wants
   * to be present as counts unless the verdict {@linkplain Verdict.Allow#present says otherwise}.
   *
   * @param ws who it is: {@link WebSocket#attachment} has what the handshake hook found out
   * @param topic proper, and as the client wrote it
   */
  Verdict subscribe(WebSocket ws, String topic);

  /**
   * Whether a client may publish to a topic; not, unless this says so. The verdict may {@linkplain
   * Verdict.Allow#publish put another publication} in place of the client's.
   */
  default Verdict publish(WebSocket ws, String topic, Publication publication) {
    return Verdict.refuse("publishing to this topic is not allowed");
  }
}
