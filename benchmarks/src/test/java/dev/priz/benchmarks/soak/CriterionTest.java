package dev.priz.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.benchmarks.soak.Timeline.Phase;
import dev.priz.benchmarks.soak.Timeline.Sample;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CriterionTest {
  private static final SoakOptions OPTIONS =
      SoakOptions.parse(Path.of("target"), "1", "--connections", "100", "--rate", "50");
  private static final String QUIET =
      "LIVE=20.0 NETTY_DIRECT=4.0 JDK_DIRECT=8.0 RESIDENT=600.0 THREADS=30.0 DESCRIPTORS=100.0";
  private static final String LOAD =
      "CONNECTIONS=104.0 MESSAGES=51.0 LOOP_P99=12.0 LOOP_OWN_P99=2.0 GIVEN_UP=3.0 GIVEN_UP_AFTER=12.5";

  private final Timeline timeline = new Timeline();

  @BeforeEach
  void passes() {
    timeline.before(Figures.of(QUIET));
    timeline.after(Figures.of(QUIET));
    timeline.add(new Sample(9, Phase.WARM_UP, Figures.of("LOOP_P99=900.0")));
    timeline.add(new Sample(70, Phase.SOAK, Figures.of(LOAD)));
  }

  @Test
  void allowsWhatIsTheSame() {
    assertThat(failed()).isEmpty();
  }

  @Test
  void allowsFivePercentMoreAndAnyLess() {
    timeline.after(Figures.of(QUIET.replace("LIVE=20.0", "LIVE=21.0").replace("30.0", "3.0")));

    assertThat(failed()).isEmpty();
  }

  @Test
  void findsWhatIsKept() {
    timeline.after(
        Figures.of(
            "LIVE=21.1 NETTY_DIRECT=4.3 JDK_DIRECT=8.5 RESIDENT=631.0 THREADS=32.0 DESCRIPTORS=106.0"
                + " CONNECTIONS=1.0"));

    assertThat(failed())
        .containsExactly(
            "heap after full GC",
            "Netty's direct memory",
            "the JDK's direct buffers",
            "resident size",
            "threads",
            "descriptors",
            "connections that are left");
  }

  @Test
  void findsALoopThatStoodStill() {
    timeline.add(new Sample(71, Phase.SOAK, Figures.of(LOAD.replace("12.0", "50.0"))));

    assertThat(failed()).containsExactly("event loops' delay, the worst p99 of 10 s");
    assertThat(Criterion.of(timeline, OPTIONS))
        .extracting(Criterion::after)
        .contains("50.0 ms at 1:11, 2.0 ms of its own at worst");
  }

  @Test
  void findsASlowReaderThatIsPutUpWith() {
    timeline.add(new Sample(71, Phase.SOAK, Figures.of(LOAD.replace("12.5", "30.0"))));

    assertThat(failed()).containsExactly("slow readers given up");
  }

  @Test
  void findsWhatGoodPeersMissed() {
    timeline.add(
        new Sample(
            71,
            Phase.SOAK,
            Figures.of(LOAD + " WRONG=1.0 UNANSWERED=1.0 LOST=1.0 REFUSED=1.0 OVERDUE=1.0")));

    assertThat(failed())
        .containsExactly(
            "wrong echoes",
            "missing echoes",
            "lost connections",
            "refused connections",
            "misdeeds not ended");
  }

  @Test
  void findsALoadThatWasNone() {
    timeline.add(
        new Sample(
            71, Phase.SOAK, Figures.of(LOAD.replace("104.0", "90.0").replace("51.0", "40.0"))));
    timeline.add(
        new Sample(
            72, Phase.SOAK, Figures.of(LOAD.replace("104.0", "90.0").replace("51.0", "40.0"))));

    assertThat(failed()).containsExactly("the load: connections", "the load: messages a second");
  }

  private List<String> failed() {
    return Criterion.of(timeline, OPTIONS).stream()
        .filter(criterion -> !criterion.passed())
        .map(Criterion::name)
        .toList();
  }
}
