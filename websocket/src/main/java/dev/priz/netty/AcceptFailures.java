package dev.priz.netty;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a listening socket rest for a moment when no connection can be accepted, most often because
 * there is no file descriptor or no memory for it, instead of trying without end.
 */
@Sharable
final class AcceptFailures extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(AcceptFailures.class);
  private static final int REST_MILLIS = 1_000;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final LogLimit lines = new LogLimit(1);

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // First, because to say it may need a class, and so a descriptor.
    restNow(context.channel());
    long held = lines.ask();
    if (held >= 0) {
      String why = cause instanceof IOException ? cause.getMessage() : cause.toString();
      LOG.error("cannot accept a connection: {}{}", why, LogLimit.tail(held));
    }
  }

  /** Has a server accept nobody for a moment; for any thread. */
  static void rest(Channel server) {
    server
        .eventLoop()
        .execute(() -> {
          if (server.config().isAutoRead()) restNow(server);
        });
  }

  private static void restNow(Channel server) {
    if (!server.config().isAutoRead()) {
      // It rests already, but Netty's io_uring goes on trying, a million times a second, and the
      // loop has nothing else to do.
      LockSupport.parkNanos(PAUSE_NANOS);
      return;
    }
    server.config().setAutoRead(false);
    server.eventLoop().schedule(() -> server.config().setAutoRead(true), REST_MILLIS, MILLISECONDS);
  }
}
