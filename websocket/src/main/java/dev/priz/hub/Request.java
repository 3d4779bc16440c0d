package dev.priz.hub;

import dev.priz.json.JsonObject;
import dev.priz.topic.Position;
import dev.priz.topic.Publication;
import dev.priz.topic.TopicName;
import org.jspecify.annotations.Nullable;

/** What a client asks in the subprotocol, as docs/topic-protocol.md has it. */
sealed interface Request {

  /** What the answer carries, or null for a ping. */
  @Nullable Long id();

  record Subscribe(
      Long id,
      String topic,
      @Nullable Position since,
      int last,
      @Nullable String present,
      boolean watches)
      implements Request {}

  record Unsubscribe(Long id, String topic) implements Request {}

  record Publish(Long id, String topic, Publication publication) implements Request {}

  record Members(Long id, String topic) implements Request {}

  record Ping() implements Request {
    @Override
    public @Nullable Long id() {
      return null;
    }
  }

  /** The most messages of a history that are sent where nothing is recovered. */
  int MAX_LAST = 1_000;

  /**
   * The request of a message.
   *
   * @throws Malformed if it is none
   */
  static Request parse(String text) throws Malformed {
    JsonObject json;
    try {
      json = JsonObject.parse(text);
    } catch (IllegalArgumentException notJson) {
      throw new Malformed(null, ErrorCode.MALFORMED, notJson.getMessage());
    }
    Long id = null;
    try {
      id = json.integer("id");
      return parse(json, id);
    } catch (IllegalArgumentException unfit) {
      throw new Malformed(id, ErrorCode.MALFORMED, unfit.getMessage());
    }
  }

  private static Request parse(JsonObject json, @Nullable Long id) throws Malformed {
    String type = json.string("type");
    if ("ping".equals(type)) return new Ping();
    if (type == null) throw new IllegalArgumentException("there is no type");
    if (id == null || id < 1) throw new IllegalArgumentException("id has to be 1 or more");
    return switch (type) {
      case "subscribe" -> subscribe(json, id);
      case "unsubscribe" -> new Unsubscribe(id, topic(json, id));
      case "publish" -> new Publish(id, topic(json, id), publication(json, id));
      case "presence" -> new Members(id, topic(json, id));
      default -> throw new IllegalArgumentException("no such type");
    };
  }

  private static Request subscribe(JsonObject json, Long id) throws Malformed {
    JsonObject since = json.object("since");
    Long last = json.integer("last");
    if (last != null && (last < 0 || last > MAX_LAST)) {
      throw new IllegalArgumentException("last is " + last + ", expected 0 to " + MAX_LAST);
    }
    String present = json.raw("present");
    if (present != null) present = fitting(id, present);
    return new Subscribe(
        id,
        topic(json, id),
        since == null ? null : Position.of(text(since, "epoch"), text(since, "at")),
        last == null ? 0 : last.intValue(),
        present,
        Boolean.TRUE.equals(json.flag("watch")));
  }

  private static Publication publication(JsonObject json, Long id) throws Malformed {
    String data = json.raw("data");
    if (data == null) throw new IllegalArgumentException("there is no data");
    Publication publication = Publication.json(data);
    String key = json.string("key");
    String name = json.string("name");
    try {
      if (key != null) publication = publication.key(key);
      if (name != null) publication = publication.idempotencyKey(name);
    } catch (IllegalArgumentException tooLong) {
      throw new Malformed(id, ErrorCode.TOO_BIG, tooLong.getMessage());
    }
    return Boolean.FALSE.equals(json.flag("echo")) ? publication.exceptSender() : publication;
  }

  private static String topic(JsonObject json, Long id) throws Malformed {
    String name = text(json, "topic");
    try {
      return TopicName.check(name);
    } catch (IllegalArgumentException badName) {
      throw new Malformed(id, ErrorCode.BAD_NAME, badName.getMessage());
    }
  }

  private static String fitting(Long id, String present) throws Malformed {
    try {
      return Subscriber.presenceValue(present);
    } catch (IllegalArgumentException tooBig) {
      throw new Malformed(id, ErrorCode.TOO_BIG, tooBig.getMessage());
    }
  }

  private static String text(JsonObject json, String name) {
    String value = json.string(name);
    if (value == null) throw new IllegalArgumentException("there is no " + name);
    return value;
  }

  /** A message that is no request. */
  final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    private final transient @Nullable Long id;
    private final ErrorCode code;

    Malformed(@Nullable Long id, ErrorCode code, @Nullable String message) {
      // Without a stack trace: peers may cause any number of them.
      super(message, null, false, false);
      this.id = id;
      this.code = code;
    }

    /** The error frame for the client. */
    String frame() {
      return Frames.error(id, code, String.valueOf(getMessage()));
    }
  }
}
