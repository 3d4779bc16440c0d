package dev.priz.demo;

import static java.util.Objects.requireNonNullElse;

import dev.priz.TopicRules;
import dev.priz.WebSocket;
import dev.priz.WebSocketServerBuilder;
import dev.priz.topic.Publication;
import dev.priz.topic.TopicOptions;
import dev.priz.topic.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Notifications: what is sent to a user appears in every tab that the user has open, and is kept
 * for the next visit. Each user has a topic of their own, which nobody else may read.
 */
final class Notifications implements Demo, TopicRules {
  private static final Pattern TOPIC =
      Pattern.compile("notifications/[\\p{L}\\p{M}\\p{N}._-][\\p{L}\\p{M}\\p{N} ._-]{0,39}");
  private static final List<String> KINDS = List.of("info", "success", "warning", "urgent");
  private static final int MAX_TITLE_LENGTH = 80;
  private static final int MAX_TEXT_LENGTH = 500;

  @Override
  public void configure(WebSocketServerBuilder builder) {
    Stamped.learn(new Notification("", "", "", "", 0));
    builder
        .topicsAt("/ws/notifications", this)
        .topics("notifications/*", TopicOptions.DEFAULT.history(50, Duration.ofDays(1)));
  }

  @Override
  public Verdict subscribe(WebSocket ws, String topic) {
    boolean own = topic.equals(topicOf(userOf(ws)));
    return own && isProper(topic) ? Verdict.allow() : Verdict.refuse("these are not yours to read");
  }

  @Override
  public Verdict publish(WebSocket ws, String topic, Publication publication) {
    String from = userOf(ws);
    if (!isProper(topicOf(from))) return Verdict.refuse("say who you are");
    if (!isProper(topic)) return Verdict.refuse("there can be no such user");
    JsonNode draft = Stamped.JSON.readTree(publication.payloadText());
    String title = textOf(draft, "title");
    String text = textOf(draft, "text");
    String kind = textOf(draft, "kind");
    if (title.isEmpty()) return Verdict.refuse("a notification needs a title");
    if (title.length() > MAX_TITLE_LENGTH || text.length() > MAX_TEXT_LENGTH) {
      return Verdict.refuse("a notification is short");
    }
    if (!KINDS.contains(kind)) return Verdict.refuse("the kinds are " + KINDS);
    // Who sends it and when is for the server to tell: a client could claim anything.
    var notification = new Notification(from, title, text, kind, System.currentTimeMillis());
    return Verdict.allow().publish(Stamped.of(notification));
  }

  private record Notification(String from, String title, String text, String kind, long time) {}

  /**
   * Whose connection it is. A real application asks a login, in the server's handshake hook, and
   * finds what that attached to the connection here; this demo believes what the page says.
   */
  private static String userOf(WebSocket ws) {
    return requireNonNullElse(ws.request().queryParameter("user"), "").strip();
  }

  private static String topicOf(String user) {
    return "notifications/" + user;
  }

  private static boolean isProper(String topic) {
    return TOPIC.matcher(topic).matches();
  }

  private static String textOf(JsonNode draft, String name) {
    return draft.path(name).asString("").strip();
  }
}
