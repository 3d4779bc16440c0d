package dev.priz.fault;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Cuts a connection when nothing has passed for a while, either way. */
final class IdleWatch {
  private final Duration most;
  private @Nullable Future<?> due;

  /**
   * A watch over one connection.
   *
   * @param most zero for none
   */
  IdleWatch(Duration most) {
    this.most = most;
  }

  /** Something passes now. */
  void passes(Channel from, Channel to) {
    if (most.isZero()) return;
    if (due != null) due.cancel(false);
    due =
        from.eventLoop()
            .schedule(
                () -> {
                  from.close();
                  to.close();
                },
                most.toNanos(),
                TimeUnit.NANOSECONDS);
  }
}
