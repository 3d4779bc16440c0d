package dev.priz.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LoadTest {
  private static final Workload ECHO = Workload.named(List.of("echo-50")).getFirst();
  private static final Workload ACCEPT = Workload.named(List.of("accept")).getFirst();
  private static final Workload DEFLATE = Workload.named(List.of("echo-1k-deflate")).getFirst();
  private static final String RESULT =
      "result engine=io_uring seconds=2.0 messages=100000 errors=%d server_user=0.1 server_system=0.3 load=0.2"
          + " busy=1.0 stolen=0.1 p50=20.0 p99=30.0 p999=40.0";

  @Test
  void countsWhatAMessageCosts() throws IOException {
    Measurement measurement = Load.read(List.of(RESULT.formatted(0)), ECHO);

    assertThat(measurement.value(Metric.RATE)).isEqualTo(50_000);
    assertThat(measurement.value(Metric.USER_MICROS)).isEqualTo(1.0);
    assertThat(measurement.value(Metric.SYSTEM_MICROS)).isEqualTo(3.0);
    assertThat(measurement.value(Metric.CPU_MICROS)).isEqualTo(4.0);
    assertThat(measurement.value(Metric.P999_MICROS)).isEqualTo(40.0);
  }

  @Test
  void tellsWhatOthersUsed() throws IOException {
    Measurement measurement = Load.read(List.of(RESULT.formatted(0)), ECHO);

    assertThat(measurement.value(Metric.OTHERS_PERCENT))
        .isCloseTo(25.0, org.assertj.core.data.Offset.offset(0.01));
  }

  @Test
  void tellsHowLongAllConnectionsTook() throws IOException {
    Measurement measurement = Load.read(List.of("first millis=812.5", RESULT.formatted(0)), ACCEPT);

    assertThat(measurement.value(Metric.ALL_OPEN_MILLIS)).isEqualTo(100.0);
    assertThat(measurement.value(Metric.FIRST_OPEN_MILLIS)).isEqualTo(812.5);
  }

  @Test
  void tellsWhatCompressionMadeOfTheAnswers() throws IOException {
    List<String> lines = List.of("deflate answer_bytes=480.5 plain=0.25", RESULT.formatted(0));

    Measurement measurement = Load.read(lines, DEFLATE);

    assertThat(measurement.value(Metric.ANSWER_BYTES)).isEqualTo(480.5);
    assertThat(measurement.value(Metric.PLAIN_PERCENT)).isEqualTo(25.0);
  }

  @Test
  void countsNothingIfOneAnswerWasWrong() {
    assertThatThrownBy(() -> Load.read(List.of(RESULT.formatted(1)), ECHO))
        .hasMessage("1 wrong answers");
  }
}
