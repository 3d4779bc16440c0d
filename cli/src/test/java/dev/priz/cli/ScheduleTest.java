package dev.priz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final long START = -5_000_000_000L;

  @Test
  void spacesMessagesEvenly() {
    Schedule schedule = Schedule.of(START, 1_000, 1, 0);

    assertThat(LongStream.range(0, 4).map(schedule::dueNanos))
        .containsExactly(START, START + 1_000_000, START + 2_000_000, START + 3_000_000);
  }

  @Test
  void keepsTheRateForAnHourThoughTheIntervalIsAFraction() {
    Schedule schedule = Schedule.of(0, 30_000, 1, 0);

    assertThat(schedule.dueNanos(30_000L * 3_600)).isEqualTo(3_600_000_000_000L);
  }

  @Test
  void interleavesLoopsThatShareARate() {
    List<Schedule> loops = List.of(Schedule.of(0, 1_000, 0.5, 0), Schedule.of(0, 1_000, 0.5, 0.5));

    Stream<Long> due =
        loops.stream().flatMap(loop -> Stream.of(loop.dueNanos(0), loop.dueNanos(1)));

    assertThat(due).containsExactly(0L, 2_000_000L, 1_000_000L, 3_000_000L);
  }

  @Test
  void findsTheNextMessage() {
    Schedule schedule = Schedule.of(START, 1_000, 1, 0);

    assertThat(schedule.firstAfter(START - 1)).isZero();
    assertThat(schedule.firstAfter(START)).isEqualTo(1);
    assertThat(schedule.firstAfter(START + 999_999)).isEqualTo(1);
    assertThat(schedule.firstAfter(START + 1_000_000)).isEqualTo(2);
  }
}
