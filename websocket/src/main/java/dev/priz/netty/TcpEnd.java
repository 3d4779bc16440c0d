package dev.priz.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;

/**
 * Ends this end's half of a TCP connection, and of TLS on it, so that the peer can read all that
 * was written.
 */
final class TcpEnd {
  private TcpEnd() {}

  static void shutdownOutput(Channel channel) {
    afterTls(
        channel,
        () -> {
          if (channel.isActive()) ((DuplexChannel) channel).shutdownOutput();
        });
  }

  /** Chooses whether the peer's end of its half leaves this end's half open. */
  static void allowHalfClosure(Channel channel, boolean allowed) {
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, allowed);
  }

  /** Ends the whole connection after the peer has ended its half; on the event loop. */
  static void close(Channel channel) {
    afterTls(channel, () -> cut(channel));
  }

  /**
   * Ends the output, and the whole connection once the peer does the same or a while has passed.
   */
  static void linger(Channel channel, LinkOptions options) {
    if (!channel.isActive()) return;
    shutdownOutput(channel);
    channel.config().setAutoRead(true);
    long millis = options.timeouts().linger().toMillis();
    var cutting = channel.eventLoop().schedule(() -> cut(channel), millis, TimeUnit.MILLISECONDS);
    // A timer that nobody needs any more would keep the channel as long as it runs.
    channel.closeFuture().addListener(closed -> cutting.cancel(false));
  }

  /** Ends the whole connection at once; on the event loop. */
  static void cut(Channel channel) {
    // Below TLS, whose farewell waits three seconds for a peer that does not read, and then
    // complains in the log.
    channel.unsafe().close(channel.voidPromise());
  }

  private static void afterTls(Channel channel, Runnable action) {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls == null) {
      action.run();
    } else {
      tls.closeOutbound().addListener((ChannelFutureListener) notified -> action.run());
    }
  }
}
