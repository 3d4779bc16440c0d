package dev.priz.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Turns of an event loop, with a clock of the test's. */
class TurnsTest {
  private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final List<Integer> came = new ArrayList<>();
  private long nowNanos = -MILLISECOND;
  private final Turns turns = new Turns(channel.eventLoop(), () -> nowNanos);

  @BeforeEach
  void freezeTimers() {
    channel.freezeTime();
  }

  @AfterEach
  void close() {
    channel.close();
  }

  @Test
  void aTurnLastsUntilTheLoopComesToItsTasks() {
    int first = turns.enter(nowNanos);
    assertThat(turns.enter(nowNanos)).isEqualTo(first);

    channel.runPendingTasks();

    assertThat(turns.enter(nowNanos)).isNotEqualTo(first);
  }

  @Test
  void aTurnOfMoreThanTwoMillisecondsIsLong() {
    assertThat(turns.isLong(nowNanos)).as("between turns").isFalse();
    turns.enter(nowNanos);

    assertThat(turns.isLong(nowNanos + 2 * MILLISECOND)).isFalse();
    assertThat(turns.isLong(nowNanos + 2 * MILLISECOND + 1)).isTrue();

    channel.runPendingTasks();
    assertThat(turns.isLong(nowNanos + 2 * MILLISECOND + 1)).as("after it").isFalse();
  }

  @Test
  void whoWaitsComesInTurn() {
    await(3);
    assertThat(turns.areCrowded()).isTrue();

    channel.runPendingTasks();

    assertThat(came).containsExactly(0, 1, 2);
    assertThat(turns.areCrowded()).isFalse();
  }

  @Test
  void whoWaitsOutsideOfATurnComesWithoutOne() {
    turns.await(() -> came.add(1));

    channel.runPendingTasks();

    assertThat(came).containsExactly(1);
  }

  @Test
  void noMoreThanEightComeInOneTurn() {
    await(12);

    channel.runPendingTasks();

    assertThat(came).hasSize(8);
  }

  @Test
  void fewerComeAfterALongTurnAndOneMoreAfterEachThatIsNot() {
    assertThat(comeAfterATurnOf(3)).isEqualTo(4);
    assertThat(comeAfterATurnOf(3)).isEqualTo(2);
    assertThat(comeAfterATurnOf(1)).isEqualTo(3);
    assertThat(comeAfterATurnOf(3)).isEqualTo(1);
    assertThat(comeAfterATurnOf(3)).isEqualTo(1);
    assertThat(comeAfterATurnOf(1)).isEqualTo(2);
  }

  @Test
  void whoeverTakesLongIsTheLastToComeInATurn() {
    turns.await(() -> came.add(0));
    turns.await(() -> nowNanos += 3 * MILLISECOND);
    turns.await(() -> came.add(1));

    channel.runPendingTasks();

    assertThat(came).containsExactly(0);
  }

  @Test
  void thoseLeftComeAfterAMillisecondAlthoughNobodyReads() {
    await(12);
    channel.runPendingTasks();

    channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
    channel.runPendingTasks();

    assertThat(came).hasSize(12);
  }

  @Test
  void whoWaitsAnewComesAfterAllOthers() {
    turns.await(() -> turns.await(() -> came.add(9)));
    await(2);

    channel.runPendingTasks();

    assertThat(came).containsExactly(0, 1, 9);
  }

  private void await(int count) {
    for (int i = 0; i < count; i++) {
      int number = i;
      turns.await(() -> came.add(number));
    }
  }

  private int comeAfterATurnOf(int milliseconds) {
    came.clear();
    turns.enter(nowNanos);
    await(12);
    nowNanos += milliseconds * MILLISECOND;
    channel.runPendingTasks();
    return came.size();
  }
}
