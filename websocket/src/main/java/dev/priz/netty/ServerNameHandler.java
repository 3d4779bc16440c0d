package dev.priz.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.AbstractSniHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Waits for the name in a ClientHello (RFC 6066 §3), and gives way to that host's TLS. */
final class ServerNameHandler extends AbstractSniHandler<String> {
  // As much as BoringSSL takes; a browser's has about 2 KiB.
  private static final int MAX_HELLO_BYTES = 16 * 1024;
  private static final long NO_TIMEOUT = 0;

  private final ServerTls tls;

  ServerNameHandler(ServerTls tls) {
    // The gate's clock runs from the first byte.
    super(MAX_HELLO_BYTES, NO_TIMEOUT);
    this.tls = tls;
  }

  @Override
  protected Future<String> lookup(ChannelHandlerContext context, @Nullable String host) {
    return context.executor().newSucceededFuture(host);
  }

  @Override
  protected void onLookupComplete(
      ChannelHandlerContext context, @Nullable String host, Future<String> found) {
    SslHandler handler = tls.handler(context.channel(), host);
    if (handler != null) context.pipeline().replace(this, null, handler);
  }
}
