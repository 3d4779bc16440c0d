package dev.priz.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Connects to whichever of a host's addresses answers first (RFC 8305 §5): tries one after the
 * other, the next a moment later or as soon as one fails, and leaves those tried running until one
 * has won. On the event loop.
 */
final class AddressRace {
  /** RFC 8305 §5: "the recommended default is 250 milliseconds". */
  static final long DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  // RFC 8305 §5: "the recommended minimum is 100 milliseconds"
  private static final long MIN_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final EventLoop loop;
  private final Bootstrap bootstrap;
  private final List<? extends SocketAddress> addresses;
  private final long delayNanos;
  private final Finish finish;
  private final Set<Channel> running = new HashSet<>();
  private int tried;
  private @Nullable ScheduledFuture<?> next;
  private @Nullable IOException failure;
  private boolean over;

  /**
   * A race that has not begun.
   *
   * @param bootstrap makes the channels, on this loop
   * @param addresses in their order, at least one
   * @param nanos how long the race may last, though it does not end itself then; a long list gets
   *     shorter delays for the last of it to have half of that
   */
  AddressRace(
      EventLoop loop,
      Bootstrap bootstrap,
      List<? extends SocketAddress> addresses,
      long nanos,
      Finish finish) {
    this.loop = loop;
    this.bootstrap = bootstrap;
    this.addresses = addresses;
    this.finish = finish;
    delayNanos = Math.clamp(nanos / 2 / addresses.size(), MIN_DELAY_NANOS, DELAY_NANOS);
  }

  /** Learns the end of a race, once and not after it was cancelled. */
  interface Finish {
    /** This channel is connected, and now the caller's; nothing has been read from it. */
    void won(Channel channel);

    /** No address could be connected to. */
    void lost(IOException cause);
  }

  void start() {
    tryNext();
  }

  /** Closes all that was tried. */
  void cancel() {
    end(null);
  }

  private void tryNext() {
    if (next != null) next.cancel(false);
    next = null;
    ChannelFuture connecting = bootstrap.connect(addresses.get(tried++));
    running.add(connecting.channel());
    connecting.addListener(done -> finished(connecting));
    if (!over && next == null && tried < addresses.size()) {
      next = loop.schedule(this::tryNext, delayNanos, TimeUnit.NANOSECONDS);
    }
  }

  private void finished(ChannelFuture connecting) {
    Channel channel = connecting.channel();
    if (over) {
      TcpEnd.cut(channel);
    } else if (connecting.isSuccess()) {
      end(channel);
      finish.won(channel);
    } else {
      running.remove(channel);
      note(connecting.cause());
      if (tried < addresses.size()) {
        tryNext();
      } else if (running.isEmpty()) {
        end(null);
        if (failure != null) finish.lost(failure);
      }
    }
  }

  // The last failure is told, with those before attached.
  private void note(Throwable cause) {
    var latest = new IOException(Reason.of(cause), cause);
    if (failure != null) latest.addSuppressed(failure);
    failure = latest;
  }

  private void end(@Nullable Channel winner) {
    over = true;
    if (next != null) next.cancel(false);
    if (winner != null) running.remove(winner);
    for (Channel loser : running) TcpEnd.cut(loser);
    running.clear();
  }
}
