package dev.priz.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.protocol.Connection;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Deadlines on an event loop in real time. */
class DeadlinesTest {
  private static final int TICK = Deadlines.TICK_MILLIS;

  private final EventLoop loop = new DefaultEventLoop();
  private final Deadlines deadlines = new Deadlines(loop);
  private final long startNanos = System.nanoTime();

  @AfterEach
  void endLoop() {
    loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  @Test
  void aDeadlineIsReachedInTimeAndNotBefore() throws Exception {
    var handler = new Timed(startNanos, 3 * TICK);

    onLoop(() -> schedule(handler));

    assertThat(handler.reached()).isGreaterThanOrEqualTo(Duration.ofMillis(3 * TICK));
    assertThat(handler.calls).isEqualTo(1);
  }

  @Test
  void aDeadlineInThePastIsReachedAtTheNextTick() throws Exception {
    var handler = new Timed(startNanos, -1_000);

    onLoop(() -> schedule(handler));

    assertThat(handler.reached()).isPositive();
  }

  @Test
  void aDeadlineThatHasMovedLaterIsReachedThen() throws Exception {
    var handler = new Timed(startNanos, TICK);

    onLoop(() -> schedule(handler));
    onLoop(() -> handler.deadlineNanos = nanosAt(4 * TICK));

    assertThat(handler.reached()).isGreaterThanOrEqualTo(Duration.ofMillis(4 * TICK));
    assertThat(handler.calls).isEqualTo(1);
  }

  @Test
  void aDeadlineThatHasMovedEarlierIsReachedThen() throws Exception {
    var handler = new Timed(startNanos, 60_000);

    onLoop(() -> schedule(handler));
    onLoop(() -> {
      handler.deadlineNanos = nanosAt(TICK);
      return schedule(handler);
    });

    assertThat(handler.reached()).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void manyInOneSlotAreAllReached() throws Exception {
    List<Timed> handlers = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) handlers.add(new Timed(startNanos, TICK));

    onLoop(() -> {
      handlers.forEach(this::schedule);
      return true;
    });

    for (Timed handler : handlers) assertThat(handler.reached()).isPositive();
  }

  @Test
  void aRemovedHandlerIsNotCalled() throws Exception {
    var removed = new Timed(startNanos, TICK);
    var first = new Timed(startNanos, TICK);
    var last = new Timed(startNanos, TICK);

    onLoop(() -> {
      schedule(first);
      schedule(removed);
      schedule(last);
      deadlines.remove(removed);
      deadlines.remove(removed);
      return true;
    });

    assertThat(first.reached()).isPositive();
    assertThat(last.reached()).isPositive();
    assertThat(removed.calls).isZero();
  }

  @Test
  void aHandlerWithoutADeadlineIsNotKept() throws Exception {
    var none = new Timed(startNanos, TICK);
    none.deadlineNanos = Connection.NO_DEADLINE;

    onLoop(() -> schedule(none));

    assertThat(none.slot).isNegative();
  }

  @Test
  void theWheelTurnsAgainAfterARest() throws Exception {
    var first = new Timed(startNanos, TICK);
    onLoop(() -> schedule(first));
    first.reached();
    var second = new Timed(startNanos, 0);
    onLoop(() -> {
      second.deadlineNanos = System.nanoTime() + Duration.ofMillis(TICK).toNanos();
      return schedule(second);
    });

    assertThat(second.reached()).isPositive();
  }

  @Test
  void theEarlierOfTwoDeadlinesIsFoundWhateverTheClockShows() {
    assertThat(Deadlines.earlier(5, 7)).isEqualTo(5);
    assertThat(Deadlines.earlier(Connection.NO_DEADLINE, 7)).isEqualTo(7);
    assertThat(Deadlines.earlier(7, Connection.NO_DEADLINE)).isEqualTo(7);
    assertThat(Deadlines.earlier(Long.MIN_VALUE + 1, Long.MAX_VALUE - 1))
        .as("after an overflow")
        .isEqualTo(Long.MAX_VALUE - 1);
    assertThat(Deadlines.isReached(Connection.NO_DEADLINE, Long.MIN_VALUE)).isFalse();
    assertThat(Deadlines.isReached(5, 5)).isTrue();
    assertThat(Deadlines.isReached(6, 5)).isFalse();
  }

  private boolean schedule(Timed handler) {
    deadlines.schedule(handler, System.nanoTime());
    return true;
  }

  private long nanosAt(int millis) {
    return startNanos + Duration.ofMillis(millis).toNanos();
  }

  private void onLoop(Callable<?> action) throws Exception {
    loop.submit(action).get(10, TimeUnit.SECONDS);
  }

  /** A handler with one deadline. */
  private static final class Timed extends TimedHandler {
    private final long startNanos;
    private final CompletableFuture<Duration> reached = new CompletableFuture<>();
    private long deadlineNanos;
    private int calls;

    Timed(long startNanos, int millis) {
      this.startNanos = startNanos;
      deadlineNanos = startNanos + Duration.ofMillis(millis).toNanos();
    }

    Duration reached() throws Exception {
      return reached.get(10, TimeUnit.SECONDS);
    }

    @Override
    long deadlineNanos() {
      return deadlineNanos;
    }

    @Override
    void deadlineReached(long nowNanos) {
      calls++;
      deadlineNanos = Connection.NO_DEADLINE;
      reached.complete(Duration.ofNanos(nowNanos - startNanos));
    }
  }
}
