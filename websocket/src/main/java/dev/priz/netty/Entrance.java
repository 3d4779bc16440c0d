package dev.priz.netty;

import dev.priz.netty.Admission.Verdict;
import dev.priz.netty.Forwarding.Source;
import dev.priz.protocol.Request;
import dev.priz.protocol.Response;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * Who may come in at all: finds out who is at the other end of a connection, as soon as that can be
 * known, and counts it. Called on the event loop of the listening socket for a new connection, and
 * on that of the connection later.
 */
final class Entrance {
  private static final Response FULL =
      Response.text(503, "the server has all the connections that it may have");
  private static final Response TOO_MANY =
      Response.text(429, "too many connections from this address");
  private static final Response TOO_FAST =
      Response.text(429, "too many new connections from this address");

  private final GateOptions options;
  private final ChannelGroup visitors;

  /**
   * An entrance.
   *
   * @param visitors all open connections that are or may be let in
   */
  Entrance(GateOptions options, ChannelGroup visitors) {
    this.options = options;
    this.visitors = visitors;
  }

  /**
   * What becomes of a new connection.
   *
   * @param refusal why it is turned away, or null
   * @param told whether it is to be told so
   */
  record Arrival(@Nullable Response refusal, boolean told) {}

  /** Whether a new connection begins with the header of the PROXY protocol. */
  boolean isGreeted(Channel visitor) {
    Forwarding forwarding = options.forwarding();
    return forwarding != null && forwarding.source() == Source.PROXY_PROTOCOL && isTrusted(visitor);
  }

  /** Takes a new connection, which is not one of the visitors yet. */
  Arrival arrive(Channel visitor) {
    Admission admission = options.admission();
    int connections = visitors.size() + 1;
    if (admission.isFull(connections)) {
      return new Arrival(FULL, !admission.isOverrun(connections));
    }
    if (!(visitor.remoteAddress() instanceof InetSocketAddress direct) || isTrusted(visitor)) {
      return new Arrival(null, true);
    }
    Verdict verdict = enter(visitor, direct.getAddress());
    // A TLS handshake costs more than who is too many already may have.
    return new Arrival(refusal(verdict), verdict != Verdict.IGNORED && !options.secure());
  }

  /** Takes what a trusted proxy says before all else: returns why it is turned away, or null. */
  @Nullable Response arrive(Channel visitor, HAProxyMessage greeting) {
    InetSocketAddress client = source(greeting);
    // A proxy that asks for itself, to see whether the server is there.
    if (client == null) return null;
    new Peer(client, options.secure()).keep(visitor);
    return refusal(enter(visitor, client.getAddress()));
  }

  /** Takes the request of a handshake: returns why it is turned away, or null. */
  @Nullable Response arrive(Channel visitor, Request request) {
    if (options.link().budget().isExhausted()) {
      return Response.text(503, "the server holds all the messages that it may hold");
    }
    Forwarding forwarding = options.forwarding();
    if (forwarding == null || forwarding.source() == Source.PROXY_PROTOCOL) return null;
    if (!isTrusted(visitor)) return null;
    var proxy = (InetSocketAddress) visitor.remoteAddress();
    Peer peer = forwarding.peer(request, proxy, options.secure());
    peer.keep(visitor);
    // Who asks for itself, such as a check of the proxy's, is not limited.
    return forwarding.trusts(peer.address())
        ? null
        : refusal(enter(visitor, peer.address().getAddress()));
  }

  private boolean isTrusted(Channel visitor) {
    Forwarding forwarding = options.forwarding();
    return forwarding != null
        && visitor.remoteAddress() instanceof InetSocketAddress direct
        && forwarding.trusts(direct);
  }

  private Verdict enter(Channel visitor, InetAddress address) {
    Admission admission = options.admission();
    if (!admission.countsAddresses()) return Verdict.WELCOME;
    Verdict verdict = admission.enter(address);
    if (verdict == Verdict.WELCOME) {
      visitor.closeFuture().addListener(ended -> admission.leave(address));
    }
    return verdict;
  }

  private static @Nullable Response refusal(Verdict verdict) {
    return switch (verdict) {
      case WELCOME -> null;
      case TOO_MANY -> TOO_MANY;
      case TOO_FAST, IGNORED -> TOO_FAST;
    };
  }

  private static @Nullable InetSocketAddress source(HAProxyMessage greeting) {
    String text = greeting.sourceAddress();
    byte[] bytes = text == null ? null : NetUtil.createByteArrayFromIpAddressString(text);
    if (bytes == null) return null;
    try {
      return new InetSocketAddress(InetAddress.getByAddress(bytes), greeting.sourcePort());
    } catch (UnknownHostException impossible) {
      throw new AssertionError("4 or 16 bytes are an address", impossible);
    }
  }
}
