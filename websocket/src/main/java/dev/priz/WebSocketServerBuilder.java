package dev.priz;

import dev.priz.hub.Hub;
import dev.priz.protocol.DeflateOptions;
import dev.priz.protocol.Limits;
import dev.priz.protocol.OriginPolicy;
import dev.priz.protocol.Timeouts;
import dev.priz.topic.Broker;
import dev.priz.topic.MemoryBroker;
import dev.priz.topic.TopicLimits;
import dev.priz.topic.TopicOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a server is to be, before it {@linkplain #start starts}. For use by one thread; may start
 * one server only.
 *
 * <p>Routes are tried in the order of their making. In a path, {@code {name}} stands for any one
 * segment, which {@link WebSocket#pathParameter} gives, and {@code *} at the end for any number of
 * them. Without any route, connections to every path wait for {@link WebSocketServer#accept}.
 */
public final class WebSocketServerBuilder {
  final InetSocketAddress address;
  final List<Route> routes = new ArrayList<>();
  final List<ConnectionObserver> observers = new ArrayList<>();
  ConnectionOptions options = ConnectionOptions.DEFAULT;
  ServerLimits limits = ServerLimits.DEFAULT;
  @Nullable TrustedProxies proxies;
  OriginPolicy origins = OriginPolicy.sameOrigin();
  Transport transport = Transport.AUTO;
  List<String> subprotocols = List.of();
  int threads;
  @Nullable TlsOptions tls;
  @Nullable HttpHandler http;
  final List<TopicPattern> topicPatterns = new ArrayList<>();
  TopicLimits topicLimits = TopicLimits.DEFAULT;
  @Nullable Broker broker;
  @Nullable Function<Handshake, CompletionStage<Decision>> hook;

  WebSocketServerBuilder(InetSocketAddress address) {
    this.address = address;
  }

  /**
   * Has the connections to a path handled by a loop, each on a virtual thread of its own.
   *
   * @throws IllegalArgumentException if the path is no proper pattern
   */
  public WebSocketServerBuilder route(String path, WebSocketHandler handler) {
    routes.add(new Route(path, new Receiver.OnThread(handler)));
    return this;
  }

  /**
   * Has the connections to a path handled by callbacks on the event loop, the fastest way for what
   * does not block.
   *
   * @param setup registers the callbacks of a new connection, on the event loop and before anything
   *     is read from it
   * @throws IllegalArgumentException if the path is no proper pattern
   */
  public WebSocketServerBuilder callbacks(String path, Consumer<? super WebSocket> setup) {
    routes.add(new Route(path, new Receiver.ByCallbacks(setup)));
    return this;
  }

  /**
   * Has the clients of a path subscribe and publish to topics by themselves, in the subprotocol
   * {@code priz.topic.v1} (docs/topic-protocol.md), as {@code priz.js} and {@link TopicClient} do.
   * Who does not offer it is turned away with 400.
   *
   * @param rules what they may do
   * @throws IllegalArgumentException if the path is no proper pattern
   */
  public WebSocketServerBuilder topicsAt(String path, TopicRules rules) {
    routes.add(new Route(path, new Receiver.ByTopics(rules)));
    return this;
  }

  /**
   * Has topics behave so; {@link TopicOptions#DEFAULT} where no pattern fits. The first that fits
   * counts.
   *
   * @param pattern a topic's name, or its beginning and a {@code *}
   */
  public WebSocketServerBuilder topics(String pattern, TopicOptions topicOptions) {
    topicPatterns.add(new TopicPattern(pattern, topicOptions));
    return this;
  }

  /** Limits what all topics together may take; {@link TopicLimits#DEFAULT} unless set. */
  public WebSocketServerBuilder limits(TopicLimits ofTopics) {
    topicLimits = ofTopics;
    return this;
  }

  /**
   * Has this engine behind topics; a {@link MemoryBroker} of its own unless set.
   *
   * @param engine taken: the server starts it, and closes it when it stops
   */
  public WebSocketServerBuilder broker(Broker engine) {
    broker = engine;
    return this;
  }

  /** Answers plain HTTP requests, which otherwise get 426, on the same port. */
  public WebSocketServerBuilder http(HttpHandler handler) {
    http = handler;
    return this;
  }

  /**
   * Decides on each handshake, on a virtual thread, so that it may block: up to the handshake
   * time-out, after which the client gets 503. What the hook throws is logged, and the client gets
   * 500.
   */
  public WebSocketServerBuilder handshake(Function<? super Handshake, ? extends Decision> decider) {
    hook = question -> onVirtualThread(decider, question);
    return this;
  }

  /**
   * Decides on each handshake later; else as {@link #handshake}.
   *
   * @param decider called on the event loop, must not block; its answer is cancelled if the client
   *     leaves
   */
  public WebSocketServerBuilder handshakeAsync(
      Function<Handshake, CompletionStage<Decision>> decider) {
    hook = decider;
    return this;
  }

  /**
   * Speaks these subprotocols, in order of preference; a client that offers none of them is let in
   * without one.
   */
  public WebSocketServerBuilder subprotocols(String... supported) {
    subprotocols = List.of(supported);
    return this;
  }

  /** Lets these web pages connect; {@link OriginPolicy#sameOrigin} unless set. */
  public WebSocketServerBuilder origins(OriginPolicy policy) {
    origins = policy;
    return this;
  }

  /** Has connections behave so; {@link ConnectionOptions#DEFAULT} unless set. */
  public WebSocketServerBuilder options(ConnectionOptions connectionOptions) {
    options = connectionOptions;
    return this;
  }

  /**
   * Changes how messages are compressed.
   *
   * @param deflate null for not at all
   */
  public WebSocketServerBuilder deflate(@Nullable DeflateOptions deflate) {
    options = options.deflate(deflate);
    return this;
  }

  /** Changes the limits of {@link #options}. */
  public WebSocketServerBuilder limits(Limits limits) {
    options = options.limits(limits);
    return this;
  }

  /** Limits what all connections together may do; {@link ServerLimits#DEFAULT} unless set. */
  public WebSocketServerBuilder limits(ServerLimits serverLimits) {
    limits = serverLimits;
    return this;
  }

  /** Believes these proxies when they tell where clients connect from; none unless set. */
  public WebSocketServerBuilder behindProxies(TrustedProxies trusted) {
    proxies = trusted;
    return this;
  }

  /** Changes the time-outs of {@link #options}. */
  public WebSocketServerBuilder timeouts(Timeouts timeouts) {
    options = options.timeouts(timeouts);
    return this;
  }

  /**
   * Has an observer told what becomes of connections; may be called for several.
   *
   * {@snippet class="dev.priz.docs.OperationsExample" region="observe"}
   */
  public WebSocketServerBuilder observe(ConnectionObserver observer) {
    observers.add(observer);
    return this;
  }

  /** Speaks TLS, with a certificate of the server's own. */
  public WebSocketServerBuilder tls(TlsOptions tlsOptions) {
    tls = tlsOptions;
    return this;
  }

  /** Uses this transport; {@link Transport#AUTO} unless set. */
  public WebSocketServerBuilder transport(Transport wanted) {
    transport = wanted;
    return this;
  }

  /**
   * Uses so many event loops, one a processor unless set, beside the thread that accepts
   * connections.
   *
   * @throws IllegalArgumentException if there are fewer than one
   */
  public WebSocketServerBuilder threads(int eventLoops) {
    if (eventLoops < 1) {
      throw new IllegalArgumentException("threads is " + eventLoops + ", the least is 1");
    }
    threads = eventLoops;
    return this;
  }

  /**
   * Starts the server; when it returns, clients can connect.
   *
   * @throws WebSocketException if the address cannot be listened on
   * @throws IllegalArgumentException if TLS cannot be set up with the given files
   * @throws IllegalStateException if the transport does not work here
   */
  public WebSocketServer start() {
    try {
      return new WebSocketServer(this);
    } catch (IOException failure) {
      throw new WebSocketException(String.valueOf(failure.getMessage()), failure);
    }
  }

  /** The topics that are to be. */
  Hub hub() {
    List<TopicPattern> patterns = List.copyOf(topicPatterns);
    return new Hub(
        broker == null ? new MemoryBroker() : broker,
        topicLimits,
        name -> TopicPattern.options(patterns, name));
  }

  private static CompletionStage<Decision> onVirtualThread(
      Function<? super Handshake, ? extends Decision> decider, Handshake question) {
    var decision = new CompletableFuture<Decision>();
    Thread thread =
        Thread.ofVirtual()
            .name("priz handshake")
            .unstarted(() -> {
              try {
                decision.complete(decider.apply(question));
              } catch (Throwable thrown) {
                decision.completeExceptionally(thrown);
              }
            });
    // A client that leaves does not need the answer any more.
    decision.whenComplete((decided, failure) -> thread.interrupt());
    thread.start();
    return decision;
  }
}
