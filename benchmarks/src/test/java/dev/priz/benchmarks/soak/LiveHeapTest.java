package dev.priz.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class LiveHeapTest {
  @Test
  void addsUpAllButWhatFillsGaps() {
    String histogram =
        """
         num     #instances         #bytes  class name (module)
        -------------------------------------------------------
           1:         36787        8164488  [B (java.base@25.0.3)
           2:           420        1217984  [Ljdk.internal.vm.FillerElement; (java.base@25.0.3)
          10:             5            120  dev.priz.WebSocket
        Total         37212        9382592
        """;

    assertThat(LiveHeap.sum(histogram)).isEqualTo(8_164_608);
  }

  @Test
  void findsTheHeapOfThisProgram() throws IOException {
    byte[] kept = new byte[8 << 20];

    assertThat(LiveHeap.bytes()).isGreaterThan(kept.length);
  }
}
