package dev.priz;

import dev.priz.protocol.Limits;
import dev.priz.topic.Format;
import dev.priz.topic.Outcome;
import dev.priz.topic.Publication;
import dev.priz.topic.TopicName;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Subscribes and publishes to the topics of a server, through losses of the connection. It connects
 * at once and comes back until it is closed, at random times that become longer with each failure;
 * what was missed meanwhile comes after, or {@link TopicSubscriptionBuilder#onLost} tells that it
 * cannot. The server is one with {@link WebSocketServerBuilder#topicsAt}, or another that speaks
 * {@code priz.topic.v1}. Any thread may call the methods; none of them waits, but {@link #close}.
 *
 * <p><b>Callbacks</b> are called one at a time, in order, on one virtual thread of the client, so
 * that they may block: a slow one holds back reading, and so the server. They must not wait for
 * what comes to that thread too, such as the outcome of a publication. What one throws is logged.
 *
 * {@snippet class="dev.priz.docs.TopicClientExample" region="client"}
 */
public final class TopicClient implements AutoCloseable {
  /** The subprotocol that it speaks. */
  public static final String SUBPROTOCOL = "priz.topic.v1";

  // Bytes grow by a third in Base64, and a list of members has a thousand values of 1 KiB.
  private static final Limits LIMITS = Limits.DEFAULT.maxMessageBytes(4 << 20);

  private final TopicSession session;
  private final @Nullable WebSocketClient own;

  /** What a client is doing about its connection. */
  public sealed interface State {
    /** It connects. */
    record Connecting() implements State {}

    /** There is a connection. */
    record Open() implements State {}

    /**
     * There is none; it tries again.
     *
     * @param time until then
     * @param why there is none
     */
    record Waiting(Duration time, String why) implements State {}

    /** There is none, because the program wants none now. */
    record Disconnected() implements State {}

    /**
     * There will be none any more.
     *
     * @param failure why; null if the program closed it
     */
    record Closed(@Nullable WebSocketException failure) implements State {}
  }

  TopicClient(TopicClientBuilder settings) {
    WebSocketClient given = settings.client;
    WebSocketClient connector = given == null ? ownClient() : given;
    own = given == null ? connector : null;
    session = new TopicSession(connector, settings, this::closeOwn);
  }

  /**
   * Connects to a server, with an event loop of its own; does not wait for the connection.
   *
   * @param address such as {@code wss://example.com/live}
   * @throws IllegalArgumentException if the address is not a WebSocket's
   */
  public static TopicClient connect(String address) {
    return builder(address).connect();
  }

  /**
   * Begins to describe a client.
   *
   * @param address as {@link #connect}
   * @throws IllegalArgumentException if the address is not a WebSocket's
   */
  public static TopicClientBuilder builder(String address) {
    return new TopicClientBuilder(address);
  }

  /**
   * Begins to describe a subscription.
   *
   * @throws IllegalArgumentException if the topic is not 1 to 255 bytes of UTF-8 without control
   *     characters
   */
  public TopicSubscriptionBuilder subscription(String topic) {
    return new TopicSubscriptionBuilder(session, TopicName.check(topic));
  }

  /** Subscribes to a topic; else as {@link #subscription}. */
  public TopicSubscription subscribe(String topic, Consumer<? super TopicMessage> onMessage) {
    return subscription(topic).onMessage(onMessage).start();
  }

  /**
   * Publishes a value of JSON once, also where the connection is lost meanwhile. Up to 1,024
   * publications and 1 MiB wait for their outcomes; more are rejected.
   *
   * @param publication its {@linkplain Publication#idempotencyKey key} is made up where it has none
   * @return what became of it, told on the thread of the callbacks, and within 90 seconds; never
   *     fails
   * @throws IllegalArgumentException if the topic's name is none, or the publication is not JSON,
   *     which is all that the subprotocol can carry to the server
   */
  public CompletionStage<Outcome> publish(String topic, Publication publication) {
    TopicName.check(topic);
    if (publication.format() != Format.JSON) {
      throw new IllegalArgumentException(
          "publication is " + publication.format() + "; a client publishes Publication.json(...)");
    }
    return session.publish(topic, publication);
  }

  /** What it is doing about its connection. */
  public State state() {
    return session.state();
  }

  /**
   * Ends the connection at once, as if the network were lost, and stays without one until {@link
   * #reconnect}. Subscriptions and what is published wait for it.
   */
  public void disconnect() {
    session.connection().disconnect();
  }

  /** Connects now, after {@link #disconnect} or in place of the wait for the next try. */
  public void reconnect() {
    session.connection().reconnect();
  }

  /**
   * Closes for good: ends the connection and the subscriptions, and tells the outcomes that there
   * are. Waits for the last callback, but not within a callback or on an event loop; one that goes
   * on for ten seconds is interrupted.
   */
  @Override
  public void close() {
    session.connection().close();
  }

  void start() {
    session.connection().start();
  }

  // Once nothing needs it any more.
  private void closeOwn() {
    if (own != null) own.close();
  }

  private static WebSocketClient ownClient() {
    return WebSocketClient.builder().subprotocols(SUBPROTOCOL).limits(LIMITS).build();
  }
}
