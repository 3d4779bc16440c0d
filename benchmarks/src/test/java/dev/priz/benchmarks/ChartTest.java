package dev.priz.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.benchmarks.Results.Turn;
import dev.priz.benchmarks.Server.Deflate;
import dev.priz.benchmarks.Server.Family;
import java.io.ByteArrayInputStream;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

final class ChartTest {
  private static final Workload ECHO = Workload.named(List.of("echo-50")).getFirst();
  private static final List<String> HEADER = Collections.nCopies(6, "A & B");

  @Test
  void drawsABarForEachServerThatWasMeasured() throws Exception {
    Server raw = new Server("raw", Family.FLOOR, List.of(), Deflate.CAN, "");
    Server fast = new Server("fast", Family.PRIZ, List.of(), Deflate.CAN, "");
    Server slow = new Server("<slow>", Family.OTHER, List.of(), Deflate.CAN, "");
    Server broken = new Server("broken", Family.GUEST, List.of(), Deflate.CAN, "");
    var results = new Results(List.of(ECHO), List.of(raw, fast, slow, broken));
    results.add(new Turn(ECHO, raw, 1), Measurement.of(Map.of(Metric.CPU_MICROS, 4.0)));
    results.add(new Turn(ECHO, fast, 1), Measurement.of(Map.of(Metric.CPU_MICROS, 5.0)));
    results.add(new Turn(ECHO, slow, 1), Measurement.of(Map.of(Metric.CPU_MICROS, 400.0)));
    results.add(new Turn(ECHO, broken, 1), Measurement.failed("does not start"));

    String svg = new Chart(results, HEADER).svg();

    assertThat(parsed(svg).getElementsByTagName("rect").getLength()).isEqualTo(1 + 3);
    assertThat(svg)
        .contains("x1.25")
        .contains("x100.00")
        .contains("&lt;slow&gt;")
        .doesNotContain("broken");
  }

  private static Document parsed(String svg) throws Exception {
    var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    return builder.parse(new ByteArrayInputStream(svg.getBytes(UTF_8)));
  }
}
