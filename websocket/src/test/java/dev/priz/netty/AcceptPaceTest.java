package dev.priz.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A listening socket in memory, at which strings arrive. */
class AcceptPaceTest {
  private final List<Object> welcome = new ArrayList<>();
  private EmbeddedChannel server;

  @BeforeEach
  void listen() {
    server =
        new EmbeddedChannel(
            new AcceptPace(),
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelRead(ChannelHandlerContext context, Object visitor) {
                welcome.add(visitor);
              }
            });
    server.freezeTime();
  }

  @AfterEach
  void close() {
    server.finishAndReleaseAll();
    FastThreadLocal.removeAll();
  }

  @Test
  void whoComesInAShortTurnIsWelcomeAtOnce() {
    arrive("one");
    arrive("two");

    assertThat(welcome).containsExactly("one", "two");
    assertThat(server.config().isAutoRead()).isTrue();
  }

  @Test
  void whoComesInALongTurnIsWelcomeInTheNext() {
    makeTurnLong();
    arrive("one");
    arrive("two");
    assertThat(welcome).isEmpty();
    assertThat(server.config().isAutoRead()).isFalse();

    server.runPendingTasks();

    assertThat(welcome).containsExactly("one", "two");
    assertThat(server.config().isAutoRead()).isTrue();
  }

  @Test
  void whoWaitsWhenTheServerStopsIsNotForgotten() {
    makeTurnLong();
    arrive("one");

    server.close();

    assertThat(welcome).containsExactly("one");
  }

  @Test
  void restsForASecondWhenNobodyCanBeAccepted() {
    server.pipeline().fireExceptionCaught(new IOException("Too many open files"));
    assertThat(server.config().isAutoRead()).isFalse();

    advance(999);
    assertThat(server.config().isAutoRead()).isFalse();
    advance(1);
    assertThat(server.config().isAutoRead()).isTrue();
  }

  @Test
  void restsOnWhenThoseWhoCameBeforeAreWelcome() {
    makeTurnLong();
    arrive("one");
    server.pipeline().fireExceptionCaught(new IOException("Too many open files"));

    server.runPendingTasks();

    assertThat(welcome).containsExactly("one");
    assertThat(server.config().isAutoRead()).isFalse();
    advance(1_000);
    assertThat(server.config().isAutoRead()).isTrue();
  }

  private void makeTurnLong() {
    LongTurn.of(server);
  }

  // Not by writeInbound, after which the channel runs its tasks.
  private void arrive(String visitor) {
    server.pipeline().fireChannelRead(visitor);
  }

  private void advance(long millis) {
    server.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
    server.runScheduledPendingTasks();
  }
}
