package dev.priz.netty;

import io.netty.channel.Channel;
import java.time.Duration;

/** A turn of an event loop that takes long, as one does under load. */
final class LongTurn {
  private LongTurn() {}

  /** Begins one as if that had been a second ago; for the thread of the channel's event loop. */
  static void of(Channel channel) {
    long aSecondAgo = System.nanoTime() - Duration.ofSeconds(1).toNanos();
    LoopState.of(channel.eventLoop()).turns.enter(aSecondAgo);
  }
}
