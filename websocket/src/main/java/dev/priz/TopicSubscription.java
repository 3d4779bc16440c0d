package dev.priz;

import static java.util.Objects.requireNonNull;

import dev.priz.json.JsonObject;
import dev.priz.topic.Member;
import dev.priz.topic.Position;
import dev.priz.topic.Presence;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A topic that a client follows, through all its connections. Any thread may call the methods.
 *
 * <pre>
 * ASKING ──► LIVE ──► ASKING, after a loss or a gap
 *   │  ▲
 *   ▼  │ later
 * WAITING                     any ──► ENDED
 * </pre>
 */
public final class TopicSubscription {
  private final TopicSession session;
  private final TopicSubscriptionBuilder wanted;
  private final Map<String, Member> members = new LinkedHashMap<>();
  private volatile State state = State.ASKING;
  private volatile @Nullable Position position;
  private @Nullable String me;
  // The one request whose answer counts.
  private long request;
  private int failures;
  private @Nullable Future<?> retry;

  private enum State {
    ASKING,
    WAITING,
    LIVE,
    ENDED
  }

  TopicSubscription(TopicSession session, TopicSubscriptionBuilder wanted) {
    this.session = session;
    this.wanted = wanted;
    position = wanted.since;
  }

  /** The topic's name. */
  public String topic() {
    return wanted.topic;
  }

  /** Whether it is neither refused nor ended, though perhaps without a connection now. */
  public boolean isActive() {
    return state != State.ENDED;
  }

  /** Where it is in the topic; null before the server has told for the first time. */
  public @Nullable Position position() {
    return position;
  }

  /** Ends it; a callback that is being called goes on. */
  public void unsubscribe() {
    synchronized (session.lock()) {
      if (!isActive()) return;
      session.send(id -> TopicRequests.unsubscribe(id, topic()));
      end();
    }
  }

  /** Subscribes where we left off; what comes before the answer is ignored. Under the lock. */
  void ask() {
    if (retry != null) retry.cancel(false);
    Position since = position;
    request = session.send(id -> TopicRequests.subscribe(id, wanted, since));
    state = State.ASKING;
  }

  /** Takes a message of this topic. Under the lock. */
  void receive(String type, JsonObject message) {
    Long id = message.integer("id");
    boolean ours = id != null && id == request && state == State.ASKING;
    if (type.equals("subscribed") && ours) subscribed(message);
    if (state != State.LIVE) return;
    switch (type) {
      case "message" -> hear(message);
      // What we publish for all but us: only its position is for us.
      case "position" -> follow(message, () -> {});
      case "discontinuity" -> lose(message);
      case "presence" -> change(message);
      case "unsubscribed" -> {
        // With an id it is the answer about a subscription before this one.
        if (id == null) refused(TopicException.ENDED, message.string("reason"));
      }
      default -> {}
    }
  }

  /** A request had no effect. Under the lock. */
  void failed(long id, int code, String message) {
    if (id != request || state != State.ASKING) return;
    if (code != TopicException.UNAVAILABLE && code != TopicException.OVERLOADED) {
      refused(code, message);
      return;
    }
    state = State.WAITING;
    retry =
        session.after(
            failures++,
            () -> {
              if (state == State.WAITING) ask();
            });
  }

  /** The server, or the failure of the client, ends it. Under the lock. */
  void refused(int code, @Nullable String message) {
    end();
    var reason = new TopicException(code, message == null ? "the server has ended it" : message);
    session.callbacks().add(() -> wanted.onEnd.accept(reason));
  }

  /** Ends it without a word. Under the lock. */
  void end() {
    if (retry != null) retry.cancel(false);
    state = State.ENDED;
    session.forget(this);
  }

  private void subscribed(JsonObject answer) {
    Position at = position(answer);
    List<Member> present = members(answer, "members");
    boolean recovered = Boolean.TRUE.equals(answer.flag("recovered"));
    boolean goesOn = position != null;
    int count = count(answer);
    position = at;
    me = answer.string("me");
    failures = 0;
    state = State.LIVE;
    tell(wanted.onSubscribed);
    if (goesOn && !recovered) tell(() -> wanted.onLost.accept(0));
    if (wanted.onPresence == null) return;
    members.clear();
    present.forEach(member -> members.put(member.id(), member));
    tellPresence(count, List.of(), List.of());
  }

  private void hear(JsonObject message) {
    Position before = requireNonNull(position);
    Position next = Position.of(before.epoch(), text(message, "at"));
    TopicMessage heard = content(message, next);
    follow(message, () -> wanted.onMessage.accept(heard));
  }

  // Takes what is right after the one before; if it is not, something is missing.
  private void follow(JsonObject message, Runnable callback) {
    Position before = requireNonNull(position);
    if (!text(message, "prev").equals(before.at())) {
      ask();
      return;
    }
    position = Position.of(before.epoch(), text(message, "at"));
    tell(callback);
  }

  private TopicMessage content(JsonObject message, Position at) {
    String text = message.string("text");
    if (text != null) return new TopicMessage.Text(topic(), at, text);
    String base64 = message.string("base64");
    if (base64 != null) {
      return new TopicMessage.Binary(topic(), at, Base64.getDecoder().decode(base64));
    }
    String data = message.raw("data");
    if (data == null) throw new IllegalArgumentException("a message without data");
    return new TopicMessage.Json(topic(), at, data);
  }

  private void lose(JsonObject discontinuity) {
    Long dropped = discontinuity.integer("dropped");
    position = position(discontinuity);
    tell(() -> wanted.onLost.accept(dropped == null ? 0 : dropped));
  }

  private void change(JsonObject change) {
    List<Member> joined = members(change, "joined");
    List<Member> left = members(change, "left");
    int count = count(change);
    left.forEach(member -> members.remove(member.id()));
    for (Member member : joined) {
      boolean room = members.size() < Presence.MAX_LISTED || members.containsKey(member.id());
      if (room) members.put(member.id(), member);
    }
    tellPresence(count, joined, left);
  }

  private void tellPresence(int count, List<Member> joined, List<Member> left) {
    var onPresence = wanted.onPresence;
    if (onPresence == null) return;
    var now = new Presence(count, new ArrayList<>(members.values()));
    var change = new PresenceChange(now, joined, left, me);
    tell(() -> onPresence.accept(change));
  }

  // Calls the application, unless it has just ended this.
  private void tell(Runnable callback) {
    session
        .callbacks()
        .add(() -> {
          if (isActive()) callback.run();
        });
  }

  private static Position position(JsonObject message) {
    return Position.of(text(message, "epoch"), text(message, "at"));
  }

  private static int count(JsonObject message) {
    Long count = message.integer("count");
    return count == null ? 0 : Math.toIntExact(count);
  }

  private static List<Member> members(JsonObject message, String name) {
    List<Member> members = new ArrayList<>();
    for (JsonObject member : message.objects(name)) {
      String value = member.raw("value");
      members.add(new Member(text(member, "id"), value == null ? "null" : value));
    }
    return members;
  }

  private static String text(JsonObject message, String name) {
    String text = message.string(name);
    if (text == null) throw new IllegalArgumentException("there is no " + name);
    return text;
  }
}
