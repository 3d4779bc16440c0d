package dev.priz.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.Transport;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A short one, so that the long one works when it is wanted. */
final class SoakTest {
  private static final String SEED = "seed 7";

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  @Timeout(value = 180, unit = TimeUnit.SECONDS)
  void loadsAServerAndReports() throws Exception {
    var options = new SoakOptions(8, 2, 1, 200, 200, 20, 128, 7, Transport.NIO, folder, false);

    new Soak(options, new PrintStream(out, true, StandardCharsets.UTF_8)).run();

    // How fast this machine is, and whether 5 % of little are much, is not what is tested here.
    String told = out.toString(StandardCharsets.UTF_8);
    assertThat(told)
        .contains("200 connections, 200 messages and 20 misdeeds a second", SEED, " of 0:")
        .containsPattern("heap after full GC +[\\d.]+ MiB -> [\\d.]+ MiB")
        .containsPattern("ok +descriptors +\\d+ -> \\d+")
        .containsPattern("ok +connections that are left +0")
        .containsPattern("ok +wrong echoes +0")
        .containsPattern("ok +lost connections +0")
        .containsPattern("ok +misdeeds not ended +0");
    assertThat(Files.readString(folder.resolve("report.html")))
        .contains(SEED, "<polyline", "event loops' delay")
        .doesNotContain("<script", "NaN");
    List<String> rows = Files.readAllLines(folder.resolve("samples.csv"));
    assertThat(rows.getFirst()).startsWith("seconds,phase,connections,messages,");
    assertThat(rows).anyMatch(row -> row.matches("\\d+,soak,2\\d\\d\\.000,.*"));
    // A slow machine makes slow callbacks, of which there are warnings.
    for (String log : List.of("server.log", "load.log")) {
      assertThat(Files.readString(folder.resolve(log))).doesNotContain("ERROR", "Exception");
    }
    assertThat(folder.resolve("server.p12")).doesNotExist();
    assertThat(ProcessHandle.current().children()).isEmpty();
  }
}
