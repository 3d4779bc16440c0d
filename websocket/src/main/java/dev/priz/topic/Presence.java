package dev.priz.topic;

import java.util.List;

/**
 * Who is present in a topic.
 *
 * @param count how many, always right
 * @param members at most {@link #MAX_LISTED} of them, longest present first
 */
public record Presence(int count, List<Member> members) {
  /** The most members that are listed. */
  public static final int MAX_LISTED = 1_000;

  /** Copies the list. */
  public Presence {
    members = List.copyOf(members);
  }
}
