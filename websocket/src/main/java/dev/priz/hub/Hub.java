package dev.priz.hub;

import dev.priz.netty.Link;
import dev.priz.topic.Broker;
import dev.priz.topic.Member;
import dev.priz.topic.Outcome;
import dev.priz.topic.Presence;
import dev.priz.topic.Publication;
import dev.priz.topic.Topic;
import dev.priz.topic.TopicLimits;
import dev.priz.topic.TopicName;
import dev.priz.topic.TopicOptions;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics of one server: hears from the broker what is published, and gives it to the event
 * loops of those who subscribe. Any thread may use it.
 */
public final class Hub implements Broker.Listener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Hub.class);

  private final Broker broker;
  private final TopicLimits limits;
  private final Function<String, TopicOptions> options;
  private final Map<String, HubTopic> topics = new ConcurrentHashMap<>();
  private final AtomicInteger topicCount = new AtomicInteger();
  private final Map<ScheduledExecutorService, Lane> lanes = new ConcurrentHashMap<>();
  private final long node;
  private final AtomicInteger lastConnection = new AtomicInteger();
  private volatile boolean closed;

  /**
   * A hub.
   *
   * @param broker started and closed by the hub
   * @param options gives those of a topic by its name
   */
  public Hub(Broker broker, TopicLimits limits, Function<String, TopicOptions> options) {
    this(broker, limits, options, 1 + new SecureRandom().nextInt(Integer.MAX_VALUE));
  }

  /**
   * A hub with a number of its own.
   *
   * @param node the upper half of each connection's id; not zero, so that no id is that of nobody
   */
  Hub(Broker broker, TopicLimits limits, Function<String, TopicOptions> options, int node) {
    this.broker = broker;
    this.limits = limits;
    this.options = options;
    this.node = (long) node << 32;
    broker.start(this);
  }

  /** A connection that is about to subscribe or publish. */
  public Subscriber subscriber(Link link, Subscriber.Owner owner) {
    Lane lane =
        lanes.computeIfAbsent(link.loop(), loop -> new Lane(loop, limits.maxBacklogBytes()));
    long id = node | (lastConnection.incrementAndGet() & 0xffff_ffffL);
    return new Subscriber(this, link, lane, id, owner);
  }

  /**
   * A topic.
   *
   * @throws IllegalArgumentException if the name is none
   */
  public Topic topic(String name) {
    return new NamedTopic(this, TopicName.check(name));
  }

  /** The names of the topics that have subscribers here. */
  public Set<String> topics() {
    return Set.copyOf(topics.keySet());
  }

  @Override
  public void onMessage(String name, Broker.Stored publication) {
    HubTopic topic = topics.get(name);
    if (topic == null) return;
    Entry entry = Entry.of(topic, publication);
    if (entry == null) {
      LOG.warn("a publication to topic {} is in no format that this version knows", name);
      return;
    }
    for (Group group = topic.groups(); group != null; group = group.next) group.lane.add(entry);
  }

  @Override
  public void onPresence(String name, Member member, boolean present, int count) {
    HubTopic topic = topics.get(name);
    if (topic == null) return;
    var news = new Work.Presence(topic, member, present, count);
    for (Group group = topic.groups(); group != null; group = group.next) group.lane.add(news);
  }

  @Override
  public void onState(Broker.State state, long generation) {
    // Gaps show by themselves with the next publication.
    if (state != Broker.State.UP) LOG.warn("the broker of topics is {}", state);
  }

  /** Ends the broker; who publishes is rejected from now on. */
  @Override
  public void close() {
    closed = true;
    broker.close();
  }

  Broker broker() {
    return broker;
  }

  TopicLimits limits() {
    return limits;
  }

  /** How many connections subscribe to a topic here. */
  int subscribers(String name) {
    int[] count = {0};
    topics.computeIfPresent(
        name,
        (same, topic) -> {
          count[0] = topic.subscriptions;
          return topic;
        });
    return count[0];
  }

  CompletionStage<Presence> presence(String name) {
    return broker.presence(name);
  }

  /**
   * Publishes; waits while the loops have too much to do, if the thread may.
   *
   * @param name checked
   * @param sender the connection's id, or {@link Envelope#NOBODY}
   */
  CompletionStage<Outcome> publish(String name, Publication publication, long sender) {
    if (closed) return rejected(Outcome.Reason.CLOSED, "the server is stopping");
    int size = publication.size();
    if (size > limits.maxPayloadBytes()) {
      return rejected(
          Outcome.Reason.BAD_PUBLICATION,
          "payload is " + size + " bytes, the limit is " + limits.maxPayloadBytes());
    }
    HubTopic topic = topics.get(name);
    Outcome obstacle = topic == null ? null : awaitRoom(topic);
    if (obstacle != null) return CompletableFuture.completedFuture(obstacle);
    TopicOptions settings = topic == null ? options.apply(name) : topic.options;
    return broker.publish(
        name,
        Envelope.encode(publication, sender),
        publication.idempotencyKey(),
        settings.retention());
  }

  /**
   * Has a new subscription begin.
   *
   * @param make makes it, for its topic
   * @throws IllegalStateException if there are as many topics as there may be
   */
  <S extends HubSubscription> S join(String name, Lane lane, Function<HubTopic, S> make) {
    var made =
        new Object() {
          @Nullable S subscription;
        };
    topics.compute(
        name,
        (same, existing) -> {
          HubTopic topic = existing == null ? begin(name) : existing;
          S subscription = make.apply(topic);
          topic.subscriptions++;
          topic.addGroup(lane);
          lane.add(new Work.Join(subscription));
          made.subscription = subscription;
          return topic;
        });
    S subscription = made.subscription;
    assert subscription != null : "made in place";
    return subscription;
  }

  /** Has a subscription end; to be called once for each. */
  void leave(HubSubscription subscription) {
    topics.computeIfPresent(
        subscription.hubTopic().name,
        (name, topic) -> {
          subscription.owner.lane().add(new Work.Leave(subscription));
          if (--topic.subscriptions > 0) return topic;
          topicCount.decrementAndGet();
          broker.unsubscribe(name);
          return null;
        });
  }

  private HubTopic begin(String name) {
    if (topicCount.incrementAndGet() > limits.maxTopics()) {
      topicCount.decrementAndGet();
      throw new IllegalStateException(
          "a server may have " + limits.maxTopics() + " topics; see TopicLimits.maxTopics");
    }
    CompletableFuture<@Nullable Void> subscribing = broker.subscribe(name).toCompletableFuture();
    if (subscribing.isCompletedExceptionally()) {
      topicCount.decrementAndGet();
      throw new IllegalStateException(
          "the broker does not take topic " + name, subscribing.exceptionNow());
    }
    subscribing.whenComplete((done, failure) -> {
      if (failure != null) LOG.warn("the broker does not take topic {}", name, failure);
    });
    return new HubTopic(name, options.apply(name));
  }

  // Why a publication has to be rejected, or null.
  private static @Nullable Outcome awaitRoom(HubTopic topic) {
    for (Group group = topic.groups(); group != null; group = group.next) {
      if (Link.mayWait()) {
        try {
          group.lane.awaitRoom();
        } catch (InterruptedException interrupt) {
          Thread.currentThread().interrupt();
          return new Outcome.Rejected(
              Outcome.Reason.OVERLOADED, "the thread was interrupted while it waited for room");
        }
      } else if (group.lane.isFull()) {
        return new Outcome.Rejected(
            Outcome.Reason.OVERLOADED, "the event loops do not keep up with what is published");
      }
    }
    return null;
  }

  private static CompletionStage<Outcome> rejected(Outcome.Reason reason, String message) {
    return CompletableFuture.completedFuture(new Outcome.Rejected(reason, message));
  }
}
