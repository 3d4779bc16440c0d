package dev.priz.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class MachineTest {
  @Test
  void measuresWhatIsPlausible() {
    Instant before = Instant.now().minusMillis(1);

    Machine.Reading reading = new Machine().measure(Duration.ofMillis(50));

    assertThat(reading.cpuUsage()).isBetween(0.0, 100.0);
    assertThat(reading.memoryUsage()).isBetween(0.1, 100.0);
    assertThat(reading.diskUsage()).isBetween(0.0, 100.0);
    assertThat(Instant.ofEpochMilli(reading.timestamp())).isBetween(before, Instant.now());
    assertThat(reading.host()).isNotBlank();
    assertThat(reading.cpuCores()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(reading.memoryTotal()).isGreaterThan(Runtime.getRuntime().totalMemory());
    assertThat(reading.memoryUsed()).isBetween(1L, reading.memoryTotal());
    assertThat(reading.diskTotal()).isPositive();
    assertThat(reading.diskUsed()).isBetween(1L, reading.diskTotal());
  }

  @Test
  void seesAProcessorAtWork() {
    Machine machine = new Machine();
    Thread worker = Thread.ofPlatform().daemon().start(MachineTest::work);

    Machine.Reading reading = machine.measure(Duration.ofSeconds(1));

    worker.interrupt();
    double oneCore = 100.0 / reading.cpuCores();
    assertThat(reading.cpuUsage()).isGreaterThan(oneCore / 2);
  }

  private static void work() {
    while (!Thread.currentThread().isInterrupted()) Thread.onSpinWait();
  }
}
