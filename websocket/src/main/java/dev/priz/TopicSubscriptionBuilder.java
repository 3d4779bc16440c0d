package dev.priz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.priz.json.Json;
import dev.priz.topic.Position;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants of a topic, before it {@linkplain #start subscribes}. For use by one thread.
 * The callbacks are called as {@link TopicClient} says.
 */
public final class TopicSubscriptionBuilder {
  private static final int MAX_LAST = 1_000;
  private static final int MAX_PRESENT_BYTES = 1_024;

  private final TopicSession session;
  final String topic;
  int last;
  @Nullable Position since;
  @Nullable String present;
  Consumer<? super TopicMessage> onMessage = message -> {};
  Runnable onSubscribed = () -> {};
  LongConsumer onLost = dropped -> {};
  @Nullable Consumer<? super PresenceChange> onPresence;
  Consumer<? super TopicException> onEnd = reason -> {};

  TopicSubscriptionBuilder(TopicSession session, String topic) {
    this.session = session;
    this.topic = topic;
  }

  /**
   * Asks for the newest messages of the topic's history where nothing can be recovered, so also the
   * first time; none unless set.
   *
   * @throws IllegalArgumentException if it is not 0 to 1,000
   */
  public TopicSubscriptionBuilder last(int messages) {
    if (messages < 0 || messages > MAX_LAST) {
      throw new IllegalArgumentException("last is " + messages + ", expected 0 to " + MAX_LAST);
    }
    last = messages;
    return this;
  }

  /** Goes on after a message that an earlier subscription got, be it in an earlier program. */
  public TopicSubscriptionBuilder since(Position position) {
    since = position;
    return this;
  }

  /**
   * Makes the client present in the topic, for as long as it has a connection.
   *
   * @param json what it is present as, such as a name in quotation marks; at most 1 KiB of JSON
   * @throws IllegalArgumentException if it is no JSON, or too much
   */
  public TopicSubscriptionBuilder present(String json) {
    Json.check(json);
    int bytes = json.getBytes(UTF_8).length;
    if (bytes > MAX_PRESENT_BYTES) {
      throw new IllegalArgumentException(
          "present is " + bytes + " bytes, the limit is " + MAX_PRESENT_BYTES);
    }
    present = json;
    return this;
  }

  /** Has a callback called with each message. */
  public TopicSubscriptionBuilder onMessage(Consumer<? super TopicMessage> callback) {
    onMessage = callback;
    return this;
  }

  /** Has a callback called after each subscription, the first and those after a loss. */
  public TopicSubscriptionBuilder onSubscribed(Runnable callback) {
    onSubscribed = callback;
    return this;
  }

  /**
   * Has a callback called where something is missing before the messages that follow: with how many
   * messages, or 0 if that is not known.
   */
  public TopicSubscriptionBuilder onLost(LongConsumer callback) {
    onLost = callback;
    return this;
  }

  /** Has a callback called with who is present in the topic, and with each change of it. */
  public TopicSubscriptionBuilder onPresence(Consumer<? super PresenceChange> callback) {
    onPresence = callback;
    return this;
  }

  /**
   * Has a callback called if the server refuses or ends the subscription, or the client fails for
   * good; not if the program itself ends it.
   */
  public TopicSubscriptionBuilder onEnd(Consumer<? super TopicException> callback) {
    onEnd = callback;
    return this;
  }

  /**
   * Subscribes, in place of this client's subscription to the topic before, if there is one. Does
   * not wait; without a connection, it subscribes once there is one.
   *
   * @throws IllegalStateException if the client is closed
   */
  public TopicSubscription start() {
    return session.subscribe(this);
  }
}
