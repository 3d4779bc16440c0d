package dev.priz.topic;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What a server's rules say to what a client asks of a topic. */
public sealed interface Verdict {

  /** Yes, as it was asked. */
  static Allow allow() {
    return new Allow(null, null);
  }

  /** No. */
  static Refuse refuse(String message) {
    return new Refuse(message);
  }

  /**
   * What a stage says later, so that a database can be asked; what the client asks meanwhile waits
   * for it.
   *
   * @param verdict if it fails, that is logged, and the client refused
   */
  static Later later(CompletionStage<? extends Verdict> verdict) {
    return new Later(verdict);
  }

  /**
   * Yes.
   *
   * @param publication what is published instead, such as with the name of the author; null for
   *     what the client sent
   * @param presence the value, as JSON, with which the client is present; null for what it asked
   *     for
   */
  record Allow(@Nullable Publication publication, @Nullable String presence) implements Verdict {

    /** This verdict with another publication in place of the client's. */
    public Allow publish(Publication instead) {
      return new Allow(instead, presence);
    }

    /**
     * This verdict with the client present, whether it asked for that or not.
     *
     * @param json the value, such as a name in quotation marks
     */
    public Allow present(String json) {
      return new Allow(publication, json);
    }
  }

  /**
   * No.
   *
   * @param message what the client is told
   */
  record Refuse(String message) implements Verdict {}

  /** Not known yet. */
  record Later(CompletionStage<? extends Verdict> verdict) implements Verdict {}
}
