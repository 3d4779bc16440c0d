package dev.priz.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoopStateTest {
  @Test
  void letsGoOfBuffersThatNobodyNeedsForTenSeconds() throws Exception {
    // A state belongs to a thread, and this one may have that of another loop.
    var test = new FutureTask<>(LoopStateTest::usesABufferNowAndTenSecondsLater, true);
    new Thread(test).start();

    assertThat(test.get(10, TimeUnit.SECONDS)).isTrue();
  }

  private static void usesABufferNowAndTenSecondsLater() {
    var channel = new EmbeddedChannel();
    channel.freezeTime();
    LoopBuffers buffers = LoopState.of(channel.eventLoop()).buffers;
    ByteBuf first = buffers.forWriting(1);
    first.release();
    assertThat(buffers.forWriting(1)).isSameAs(first);
    first.release();

    for (int i = 0; i < 2; i++) {
      channel.advanceTimeBy(5, TimeUnit.SECONDS);
      channel.runScheduledPendingTasks();
    }

    assertThat(buffers.forWriting(1)).isNotSameAs(first);
    channel.close();
  }
}
