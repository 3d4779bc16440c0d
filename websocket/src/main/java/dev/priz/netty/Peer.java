package dev.priz.netty;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end, beyond any trusted proxies.
 *
 * @param address where it connects from; the port is 0 if no proxy tells it
 * @param secure whether it came over TLS
 */
record Peer(InetSocketAddress address, boolean secure) {
  private static final AttributeKey<Peer> KEY = AttributeKey.valueOf(Peer.class, "peer");

  /** What a trusted proxy has told of the client behind a channel, or null. */
  static @Nullable Peer told(Channel channel) {
    return channel.hasAttr(KEY) ? channel.attr(KEY).get() : null;
  }

  /** Keeps what a trusted proxy has told. */
  void keep(Channel channel) {
    channel.attr(KEY).set(this);
  }

  /** The address of the client, or of who connects if nobody has told more; null after the end. */
  static @Nullable SocketAddress address(Channel channel) {
    Peer told = told(channel);
    return told == null ? channel.remoteAddress() : told.address();
  }

  /** Whether the client came over TLS. */
  static boolean isSecure(Channel channel, boolean here) {
    Peer told = told(channel);
    return told == null ? here : told.secure();
  }
}
