package dev.priz.hub;

import dev.priz.topic.Publication;
import dev.priz.topic.Verdict;
import org.jspecify.annotations.Nullable;

/** What the application allows one client that speaks the subprotocol; asked on the event loop. */
public interface Rules {
  /**
   * Whether it may subscribe.
   *
   * @param present what it wants to be present as, JSON, or null
   */
  Verdict subscribe(String topic, @Nullable String present);

  /** Whether it may publish. */
  Verdict publish(String topic, Publication publication);

  /** Takes what a rule threw, or what failed later. */
  void failed(Throwable thrown);
}
