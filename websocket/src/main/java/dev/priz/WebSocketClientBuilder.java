package dev.priz;

import dev.priz.netty.HostResolver;
import dev.priz.protocol.DeflateOptions;
import dev.priz.protocol.Headers;
import dev.priz.protocol.Limits;
import dev.priz.protocol.Timeouts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client is to be, before it is {@linkplain #build built}. For use by one thread. */
public final class WebSocketClientBuilder {
  ConnectionOptions options = ConnectionOptions.DEFAULT;
  Transport transport = Transport.AUTO;
  TlsOptions tls = TlsOptions.CLIENT;
  Headers headers = Headers.EMPTY;
  final List<ConnectionObserver> observers = new ArrayList<>();
  List<String> subprotocols = List.of();
  int threads = 1;
  @Nullable RedirectPolicy redirects;
  @Nullable ProxyOptions proxy;
  HostResolver resolver = HostResolver.SYSTEM;

  WebSocketClientBuilder() {}

  /**
   * Sends one more header field with each handshake, such as {@code Authorization}.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  public WebSocketClientBuilder header(String name, String value) {
    headers = headers.with(name, value);
    return this;
  }

  /** Offers these subprotocols, in order of preference. */
  public WebSocketClientBuilder subprotocols(String... offered) {
    subprotocols = List.of(offered);
    return this;
  }

  /** Has connections behave so; {@link ConnectionOptions#DEFAULT} unless set. */
  public WebSocketClientBuilder options(ConnectionOptions connectionOptions) {
    options = connectionOptions;
    return this;
  }

  /**
   * Changes how messages are compressed.
   *
   * @param deflate null for not at all
   */
  public WebSocketClientBuilder deflate(@Nullable DeflateOptions deflate) {
    options = options.deflate(deflate);
    return this;
  }

  /** Changes the limits of {@link #options}. */
  public WebSocketClientBuilder limits(Limits limits) {
    options = options.limits(limits);
    return this;
  }

  /** Changes the time-outs of {@link #options}. */
  public WebSocketClientBuilder timeouts(Timeouts timeouts) {
    options = options.timeouts(timeouts);
    return this;
  }

  /** Has an observer told what becomes of connections; may be called for several. */
  public WebSocketClientBuilder observe(ConnectionObserver observer) {
    observers.add(observer);
    return this;
  }

  /** Speaks TLS so with {@code wss://} servers; {@link TlsOptions#CLIENT} unless set. */
  public WebSocketClientBuilder tls(TlsOptions tlsOptions) {
    tls = tlsOptions;
    return this;
  }

  /**
   * Follows redirects to where {@link RedirectPolicy#GUARDED} allows; else as {@link
   * #followRedirects(RedirectPolicy)}.
   */
  public WebSocketClientBuilder followRedirects() {
    return followRedirects(RedirectPolicy.GUARDED);
  }

  /**
   * Follows redirects (status 301, 302, 303, 307, 308), five at most for one connection and none of
   * them twice; without this they are refusals. Never followed are those from {@code wss} to {@code
   * ws} or {@code http}, and those to anything but {@code ws}, {@code wss}, {@code http} and {@code
   * https}, of which the last two stand for the first.
   *
   * <p>The header fields {@code Authorization}, {@code Cookie} and {@code Proxy-*} are left out
   * once the host, the port or the scheme has changed; others of {@link #header} go along, and so
   * do subprotocols. All of it shares the time-out of one handshake.
   *
   * @param policy is asked about each redirect, and replaces {@link RedirectPolicy#GUARDED}
   */
  public WebSocketClientBuilder followRedirects(RedirectPolicy policy) {
    redirects = policy;
    return this;
  }

  /** Connects through an HTTP proxy, for {@code ws://} and {@code wss://} alike. */
  public WebSocketClientBuilder proxy(ProxyOptions proxyOptions) {
    proxy = proxyOptions;
    return this;
  }

  /** Looks hosts up so; for tests. */
  WebSocketClientBuilder resolver(HostResolver hostResolver) {
    resolver = hostResolver;
    return this;
  }

  /** Uses this transport; {@link Transport#AUTO} unless set. */
  public WebSocketClientBuilder transport(Transport wanted) {
    transport = wanted;
    return this;
  }

  /**
   * Uses so many event loops; one unless set.
   *
   * @throws IllegalArgumentException if there are fewer than one
   */
  public WebSocketClientBuilder threads(int eventLoops) {
    if (eventLoops < 1) {
      throw new IllegalArgumentException("threads is " + eventLoops + ", the least is 1");
    }
    threads = eventLoops;
    return this;
  }

  /**
   * Makes the client, and starts its threads.
   *
   * @throws IllegalArgumentException if TLS cannot be set up with the given files, or the handshake
   *     cannot carry the given header fields and subprotocols
   * @throws IllegalStateException if the transport does not work here
   */
  public WebSocketClient build() {
    return new WebSocketClient(this);
  }
}
