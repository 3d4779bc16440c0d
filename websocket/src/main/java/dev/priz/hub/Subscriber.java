package dev.priz.hub;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.priz.json.Json;
import dev.priz.netty.Batch;
import dev.priz.netty.Link;
import dev.priz.netty.LinkClosedException;
import dev.priz.protocol.PreparedMessage;
import dev.priz.topic.Outcome;
import dev.priz.topic.Publication;
import dev.priz.topic.Subscription;
import dev.priz.topic.TopicName;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A connection that subscribes to topics. Any thread may use it, but for what says otherwise. */
public final class Subscriber {
  private static final int MAX_PRESENCE_BYTES = 1_024;

  final Hub hub;
  final Link link;

  /** Unique among all nodes. */
  final long id;

  private final Lane lane;
  private final Owner owner;
  private final Map<String, HubSubscription> subscriptions = new HashMap<>(4);
  private boolean ended;
  // Belongs to the event loop.
  private @Nullable ArrayDeque<HubSubscription> waiting;

  Subscriber(Hub hub, Link link, Lane lane, long id, Owner owner) {
    this.hub = hub;
    this.link = link;
    this.lane = lane;
    this.id = id;
    this.owner = owner;
  }

  /** Whose connection it is; told on the event loop. */
  public interface Owner {
    /** Learns that publications were dropped because the connection was too slow. */
    void dropped(String topic, long count);

    /** Takes what a callback threw. */
    void threw(Throwable thrown);
  }

  /**
   * Checks what a connection is present as.
   *
   * @throws IllegalArgumentException if it is no JSON, or too much
   */
  static String presenceValue(String json) {
    int bytes = json.length() > MAX_PRESENCE_BYTES ? json.length() : json.getBytes(UTF_8).length;
    if (bytes > MAX_PRESENCE_BYTES) {
      throw new IllegalArgumentException(
          "presence value is " + bytes + " bytes, the limit is " + MAX_PRESENCE_BYTES);
    }
    Json.check(json);
    return json;
  }

  /**
   * Subscribes to a topic, to get what is published as it is. Where the connection does already, it
   * gives that subscription.
   *
   * @throws IllegalArgumentException if the name is none
   * @throws IllegalStateException if there are as many subscriptions or topics as there may be, or
   *     the connection has ended
   */
  public Subscription subscribe(String name) {
    TopicName.check(name);
    synchronized (subscriptions) {
      HubSubscription existing = subscriptions.get(name);
      if (existing instanceof PlainSubscription plain) return plain;
      if (existing != null)
        throw new IllegalStateException("the client subscribes to it by itself");
      checkRoom();
      var made = hub.join(name, lane, topic -> new PlainSubscription(this, topic));
      subscriptions.put(name, made);
      return made;
    }
  }

  /**
   * Publishes on behalf of the connection.
   *
   * @throws IllegalArgumentException if the name is none
   */
  public CompletionStage<Outcome> publish(String name, Publication publication) {
    return hub.publish(TopicName.check(name), publication, id);
  }

  /** The names of the topics that it subscribes to. */
  public Set<String> topics() {
    synchronized (subscriptions) {
      return Set.copyOf(subscriptions.keySet());
    }
  }

  /**
   * Ends the subscription to a topic, and has the client told.
   *
   * @param reason what the client is told, if it subscribed by itself
   * @return whether there was one
   */
  public boolean remove(String name, String reason) {
    HubSubscription found = take(name);
    if (found == null) return false;
    boolean unused = found.end();
    if (found instanceof SessionSubscription) {
      link.onLoop(() -> answer(Frames.unsubscribed(name, null, reason)));
    }
    return true;
  }

  /** Ends all subscriptions: the connection has ended. */
  public void end() {
    List<HubSubscription> left;
    synchronized (subscriptions) {
      ended = true;
      left = List.copyOf(subscriptions.values());
      subscriptions.clear();
    }
    for (HubSubscription subscription : left) {
      boolean unused = subscription.end();
    }
  }

  /** Subscribes a client that asks for it in the subprotocol, in place of what it had before. */
  SessionSubscription subscribe(String name, boolean watches) {
    HubSubscription before = take(name);
    if (before != null) {
      boolean unused = before.end();
    }
    synchronized (subscriptions) {
      checkRoom();
      var made = hub.join(name, lane, topic -> new SessionSubscription(this, topic, watches));
      subscriptions.put(name, made);
      return made;
    }
  }

  /** Ends the subscription to a topic, if there is one. */
  void endOf(String name) {
    HubSubscription found = take(name);
    if (found == null) return;
    boolean unused = found.end();
  }

  /** Ends a subscription, if it is still there. */
  void end(HubSubscription subscription) {
    synchronized (subscriptions) {
      subscriptions.remove(subscription.hubTopic().name, subscription);
    }
    boolean unused = subscription.end();
  }

  String memberId() {
    return Long.toUnsignedString(id, 36);
  }

  Lane lane() {
    return lane;
  }

  /** On the event loop. */
  void send(PreparedMessage message) throws LinkClosedException {
    link.send(new Batch(List.of(message), 1));
  }

  /** On the event loop. */
  void send(String frame) throws LinkClosedException {
    send(PreparedMessage.text(frame));
  }

  /** Answers the client, if it is still there; on the event loop. */
  void answer(String frame) {
    try {
      link.sendText(frame);
    } catch (LinkClosedException | InterruptedException gone) {
      // Nobody waits for it; and nothing waits on the event loop.
    }
  }

  /** Has a subscription's backlog sent once there is room; on the event loop. */
  void waitForRoom(HubSubscription subscription) {
    if (waiting == null) waiting = new ArrayDeque<>(2);
    if (!waiting.contains(subscription)) waiting.add(subscription);
    link.whenRoom(this::drain);
  }

  /** Tells the application that publications were dropped; on the event loop. */
  void tellDropped(HubSubscription subscription, long count) {
    owner.dropped(subscription.hubTopic().name, count);
  }

  /** Gives the connection up because of an error of ours; on the event loop. */
  void fail(RuntimeException broken) {
    owner.threw(broken);
    link.abort();
  }

  /** Calls back into the application. */
  void call(Runnable callback) {
    try {
      callback.run();
    } catch (Throwable thrown) {
      owner.threw(thrown);
    }
  }

  private void drain() {
    ArrayDeque<HubSubscription> ready = waiting;
    waiting = null;
    if (ready != null) ready.forEach(HubSubscription::drain);
  }

  private @Nullable HubSubscription take(String name) {
    synchronized (subscriptions) {
      return subscriptions.remove(name);
    }
  }

  private void checkRoom() {
    if (ended) throw new IllegalStateException("the connection has ended");
    int most = hub.limits().maxSubscriptions();
    if (subscriptions.size() >= most) {
      throw new IllegalStateException(
          "a connection may have " + most + " subscriptions; see TopicLimits.maxSubscriptions");
    }
  }
}
