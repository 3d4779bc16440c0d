package dev.priz.topic;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The engine behind topics: carries publications between the nodes that serve one set of topics,
 * keeps their history, and knows who is present. {@link MemoryBroker} serves one process.
 *
 * <p><b>Guarantees.</b> Each topic has one total order of publications, that of their offsets, for
 * all nodes; there is none across topics. A topic is made at its first use, and what is known of
 * its top outlives its history. Each publication names the one before it in its topic ({@link
 * Stored#prevOffset}), so that whoever listens finds a gap by itself. A node hears every
 * publication to a topic it subscribes to at most once and in order; one that the broker has to
 * leave out shows as a gap. Equal positions mean equal histories up to there; a broker that may
 * have lost the tail of a history begins a new epoch.
 *
 * <p><b>Threads.</b> Any thread may call any method; none of them waits. The stages complete on a
 * thread of the broker's or of the caller. The {@link Listener} never blocks and never calls the
 * broker; it is called for one topic by one thread at a time.
 *
 * <p>The tests of this contract, {@code BrokerContract}, run with any broker.
 */
public interface Broker extends AutoCloseable {

  /**
   * Begins to tell of publications, joins and leaves; to be called once, and first.
   *
   * @throws IllegalStateException if there is a listener already
   */
  void start(Listener listener);

  /**
   * Publishes.
   *
   * @param topic a {@link TopicName}
   * @param bytes taken
   * @param idempotencyKey one of these is taken once only in two minutes, and its position told
   *     again; or null
   * @param retention what of the topic is kept from now on
   * @return {@link Outcome.Accepted} once it is stored where a history is kept; the stage never
   *     fails
   */
  CompletionStage<Outcome> publish(
      String topic, byte[] bytes, @Nullable String idempotencyKey, Retention retention);

  /**
   * Has the listener told of what is published to a topic; to be called once for it until {@link
   * #unsubscribe}.
   *
   * @return completes once everything published from now on will be told
   */
  CompletionStage<@Nullable Void> subscribe(String topic);

  /** Ends {@link #subscribe}; what is under way may still be told. */
  void unsubscribe(String topic);

  /**
   * Reads the history of a topic.
   *
   * @param since where the reader left off, or null for the newest {@code limit} publications
   * @param limit the most publications that the reader takes, 0 or more
   * @param retention what of the topic counts as kept
   */
  CompletionStage<History> history(
      String topic, @Nullable Position since, int limit, Retention retention);

  /** The position after the newest publication of a topic. */
  CompletionStage<Position> top(String topic);

  /**
   * Makes a member present in a topic, or renews its lease of {@link #LEASE_SECONDS}; all nodes
   * that subscribe to the topic are told once if it was not present. A new value takes the place of
   * the old one, without being told.
   */
  CompletionStage<@Nullable Void> enter(String topic, Member member);

  /** Ends a member's presence in a topic; told once if it was present. */
  void leave(String topic, String memberId);

  /** Who is present in a topic. */
  CompletionStage<Presence> presence(String topic);

  /** Lets go of everything; who is present here leaves. Waits for no one. */
  @Override
  void close();

  /** How long a member is present without being renewed; it is renewed three times in that. */
  int LEASE_SECONDS = 30;

  /** What a broker tells one node. */
  interface Listener {
    /** There is a publication in a topic that the node subscribes to. */
    void onMessage(String topic, Stored publication);

    /**
     * Someone has come to, or left, a topic that the node subscribes to.
     *
     * @param count how many are present now
     */
    void onPresence(String topic, Member member, boolean present, int count);

    /**
     * The broker's state has changed.
     *
     * @param generation rises whenever publications may have been missed: what is kept of positions
     *     has to be compared with {@link #top}
     */
    void onState(State state, long generation);
  }

  /** Whether a broker works. */
  enum State {
    /** It does. */
    UP,
    /** Some of it does; what was accepted is kept. */
    DEGRADED,
    /** It does not; publications are rejected or their outcome unknown. */
    DOWN
  }

  /**
   * A publication in its topic.
   *
   * @param position right after it
   * @param prevOffset of the publication before it, or of the position at which the topic began
   * @param prevTag of the same
   * @param bytes not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record Stored(Position position, long prevOffset, int prevTag, byte[] bytes) {
    /** Whether this one comes right after a position. */
    public boolean follows(Position before) {
      return position.epoch().equals(before.epoch())
          && prevOffset == before.offset()
          && prevTag == before.tag();
    }
  }

  /**
   * What was read of a topic's history.
   *
   * @param recovered whether a position was given, and the publications are all that came after it.
   *     So they are if the epoch is the same, the offset is not beyond the top, the publication at
   *     the offset has the same tag, or, if that is not kept, the oldest one that is kept follows
   *     it, and all fit the limit
   * @param top the position after the newest publication, kept or not
   * @param publications in order; where nothing was recovered, the newest that are kept
   */
  record History(boolean recovered, Position top, List<Stored> publications) {
    /** Copies the list. */
    public History {
      publications = List.copyOf(publications);
    }
  }
}
