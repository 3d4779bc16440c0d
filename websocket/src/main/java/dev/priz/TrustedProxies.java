package dev.priz;

import dev.priz.netty.Forwarding;
import dev.priz.netty.Forwarding.Source;

/**
 * The proxies in front of a server that are believed when they tell where a client connects from.
 * {@link WebSocket#remoteAddress}, the handshake hook, the logs and the {@linkplain ServerLimits
 * limits by address} then see the client instead of the proxy. What anyone else tells is not
 * believed. Immutable.
 *
 * {@snippet class="dev.priz.docs.OperationsExample" region="proxies"}
 */
public final class TrustedProxies {
  private final Forwarding forwarding;

  private TrustedProxies(Forwarding forwarding) {
    this.forwarding = forwarding;
  }

  /**
   * Proxies that add each client's address to the {@code X-Forwarded-For} header, as most do, and
   * say with {@code X-Forwarded-Proto} whether it came over TLS. Of a chain of addresses, the last
   * one counts that is not itself a trusted proxy.
   *
   * @param ranges addresses and blocks of them, such as {@code 10.0.0.0/8}, {@code 127.0.0.1} or
   *     {@code fd00::/8}; no names
   * @throws IllegalArgumentException if there are none, or one is neither
   */
  public static TrustedProxies xForwardedFor(String... ranges) {
    return new TrustedProxies(Forwarding.by(Source.X_FORWARDED_FOR, ranges));
  }

  /**
   * Proxies that add each client's address and scheme to the {@code Forwarded} header (RFC 7239);
   * else as {@link #xForwardedFor}.
   */
  public static TrustedProxies forwarded(String... ranges) {
    return new TrustedProxies(Forwarding.by(Source.FORWARDED, ranges));
  }

  /**
   * Proxies that begin each TCP connection with a PROXY protocol header, version 1 or 2, such as
   * HAProxy or a cloud's load balancer. A trusted proxy must send it; in front of TLS, if there is
   * any. Else as {@link #xForwardedFor}.
   */
  public static TrustedProxies proxyProtocol(String... ranges) {
    return new TrustedProxies(Forwarding.by(Source.PROXY_PROTOCOL, ranges));
  }

  Forwarding forwarding() {
    return forwarding;
  }
}
