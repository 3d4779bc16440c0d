package dev.priz.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A watch over the queue of a channel that never writes by itself. */
class StallWatchTest {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final ChannelOutboundBuffer queue = channel.unsafe().outboundBuffer();

  @AfterEach
  void close() {
    while (queue.remove()) {
      // Only to empty it.
    }
    channel.finishAndReleaseAll();
  }

  @Test
  void aQueueThatDoesNotMoveIsStalledAfterTheLimit() {
    fill(2);
    StallWatch watch = begin();

    assertThat(stalledAfterSeconds(watch)).isBetween(10L, 12L);
  }

  @Test
  void aQueueThatIsFlushedOnlyAfterTheBeginIsStalledAfterTheLimitToo() {
    channel.write(Unpooled.buffer(BUFFER_BYTES).writeZero(BUFFER_BYTES));
    StallWatch watch = begin();
    queue.addFlush();

    assertThat(stalledAfterSeconds(watch)).isBetween(10L, 13L);
  }

  @Test
  void aQueueThatMovesIsNotStalled() {
    fill(10);
    StallWatch watch = begin();

    for (int second = 1; second < 60; second++) {
      if (second % 9 == 0) queue.remove();
      assertThat(watch.isStalled(queue, seconds(second))).as("second %d", second).isFalse();
    }
  }

  @Test
  void aBufferThatMovesIsNotStalled() {
    fill(1);
    StallWatch watch = begin();

    for (int second = 1; second < 40; second++) {
      queue.progress(StallWatch.LEAST_BYTES / 8);
      assertThat(watch.isStalled(queue, seconds(second))).as("second %d", second).isFalse();
    }
  }

  @Test
  void rs11AByteNowAndThenIsNoProgress() {
    fill(1);
    StallWatch watch = begin();
    long second = 0;
    boolean stalled = false;

    while (!stalled && second < 60) {
      queue.progress(100);
      stalled = watch.isStalled(queue, seconds(++second));
    }

    assertThat(second).isBetween(10L, 12L);
  }

  // When a look at each deadline finds the queue stalled.
  private long stalledAfterSeconds(StallWatch watch) {
    long nowNanos = 0;
    while (!watch.isStalled(queue, nowNanos)) {
      nowNanos = watch.deadlineNanos();
      assertThat(nowNanos).isLessThan(seconds(60));
    }
    return Duration.ofNanos(nowNanos).toSeconds();
  }

  private StallWatch begin() {
    return new StallWatch(Duration.ofSeconds(10), queue, 0);
  }

  private void fill(int buffers) {
    for (int i = 0; i < buffers; i++) {
      channel.write(Unpooled.buffer(BUFFER_BYTES).writeZero(BUFFER_BYTES));
    }
    queue.addFlush();
  }

  private static long seconds(long count) {
    return Duration.ofSeconds(count).toNanos();
  }
}
