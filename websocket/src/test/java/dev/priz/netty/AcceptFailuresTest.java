package dev.priz.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A listening socket in memory, at which nobody can be accepted. */
class AcceptFailuresTest {
  @Test
  void restsForASecondWhenNobodyCanBeAccepted() {
    var server = new EmbeddedChannel(new AcceptFailures());
    server.freezeTime();

    server.pipeline().fireExceptionCaught(new IOException("Too many open files"));
    assertThat(server.config().isAutoRead()).isFalse();

    advance(server, 999);
    assertThat(server.config().isAutoRead()).isFalse();
    advance(server, 1);
    assertThat(server.config().isAutoRead()).isTrue();
    server.finishAndReleaseAll();
  }

  private static void advance(EmbeddedChannel server, long millis) {
    server.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
    server.runScheduledPendingTasks();
  }
}
