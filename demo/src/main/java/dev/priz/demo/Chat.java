package dev.priz.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNullElse;

import dev.priz.TopicRules;
import dev.priz.WebSocket;
import dev.priz.WebSocketServerBuilder;
import dev.priz.topic.Publication;
import dev.priz.topic.SlowPolicy;
import dev.priz.topic.TopicOptions;
import dev.priz.topic.Verdict;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Chat rooms: what one says, all in the room receive in the same order, and who was away gets what
 * was said meanwhile. Each room is a topic, so there is no list of connections here and no loop:
 * only who may do what, and in whose name.
 */
final class Chat implements Demo, TopicRules {
  private static final String TYPING = "chat/typing/";
  // Rooms are made by being named; what the name is made of is limited, so that links work.
  private static final Pattern TOPIC =
      Pattern.compile("chat/(room|typing)/[\\p{L}\\p{M}\\p{N}-]{1,40}");
  private static final int MAX_NAME_LENGTH = 40;
  private static final int MAX_TEXT_LENGTH = 4_000;

  @Override
  public void configure(WebSocketServerBuilder builder) {
    Stamped.learn(new Person("", ""));
    Stamped.learn(new Message("", "", "", 0));
    builder
        .topicsAt("/ws/chat", this)
        .topics("chat/room/*", TopicOptions.DEFAULT.history(100, Duration.ofDays(1)))
        // That someone was typing is of no use later, so nothing of it is kept or waited for.
        .topics(TYPING + "*", TopicOptions.DEFAULT.slow(SlowPolicy.DROP_OLDEST));
  }

  @Override
  public Verdict subscribe(WebSocket ws, String topic) {
    if (!TOPIC.matcher(topic).matches()) return Verdict.refuse("there can be no such room");
    if (topic.startsWith(TYPING)) return Verdict.allow();
    return Verdict.allow().present(Stamped.JSON.writeValueAsString(personOf(ws)));
  }

  @Override
  public Verdict publish(WebSocket ws, String topic, Publication publication) {
    if (!TOPIC.matcher(topic).matches()) return Verdict.refuse("there can be no such room");
    Person who = personOf(ws);
    if (topic.startsWith(TYPING)) {
      return Verdict.allow().publish(Stamped.of(who));
    }
    String text = Stamped.JSON.readTree(publication.payloadText()).asString("");
    if (text.isBlank()) return Verdict.refuse("a message is a text that is not blank");
    // Who says so and when is for the server to tell: a client could claim anything.
    var message =
        new Message(who.id(), who.name(), cut(text, MAX_TEXT_LENGTH), System.currentTimeMillis());
    return Verdict.allow().publish(Stamped.of(message));
  }

  /**
   * Someone in a room.
   *
   * @param id tells two of the same name apart, and is the same after a reconnect
   */
  private record Person(String id, String name) {}

  private record Message(String id, String name, String text, long time) {}

  /**
   * Who a connection says it is; in a real application a login says that. The key is a secret of
   * the page, and others see only what is made of it: nobody can pass for another one's id.
   */
  private static Person personOf(WebSocket ws) {
    String name = cut(parameter(ws, "name").strip(), MAX_NAME_LENGTH);
    UUID id = UUID.nameUUIDFromBytes(parameter(ws, "key").getBytes(UTF_8));
    return new Person(id.toString(), name.isEmpty() ? "Guest" : name);
  }

  private static String parameter(WebSocket ws, String name) {
    return requireNonNullElse(ws.request().queryParameter(name), "");
  }

  private static String cut(String text, int maxLength) {
    // In code points: half of an emoji is no text.
    boolean fits = text.codePointCount(0, text.length()) <= maxLength;
    return fits ? text : text.substring(0, text.offsetByCodePoints(0, maxLength));
  }
}
