package dev.priz;

import dev.priz.topic.Member;
import dev.priz.topic.Presence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is present in a topic, and what has just changed.
 *
 * @param presence who is there now
 * @param joined who has come; nobody where a subscription begins
 * @param left who has gone
 * @param me the id of this client, if it is present itself
 */
public record PresenceChange(
    Presence presence, List<Member> joined, List<Member> left, @Nullable String me) {
  /** Copies the lists. */
  public PresenceChange {
    joined = List.copyOf(joined);
    left = List.copyOf(left);
  }
}
