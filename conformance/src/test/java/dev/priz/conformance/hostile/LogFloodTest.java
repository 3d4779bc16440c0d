package dev.priz.conformance.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Peers that would fill a server's log; in full with {@code -Dhostile.full=true}. */
class LogFloodTest {
  private static final int ERRORS = Boolean.getBoolean("hostile.full") ? 1_000_000 : 5_000;

  @TempDir private Path folder;

  @Test
  @DisplayName("RS-17 logs at most one line a second of broken frames, without what they carried")
  void logsOneLineASecond() throws Exception {
    try (var server =
        EchoProcess.start(
            0, 4_096, folder.resolve("log"), "-Dorg.slf4j.simpleLogger.defaultLogLevel=info")) {
      long start = System.nanoTime();
      for (int i = 0; i < ERRORS; i++) {
        try (var client = RawClient.to(server.port()).askFor("/?token=secret")) {
          client.sendHex("83 86 00000000 736563726574");
          client.readHead();
          if (i == ERRORS - 1) client.readToEnd();
          client.reset();
        }
      }
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);

      String log = server.log();
      assertThat(log).contains("reserved opcode (RFC 6455 §5.2)").doesNotContain("secret");
      // One for the transport, one at the start, and one for each second since.
      assertThat(log.lines().count()).as(log).isLessThanOrEqualTo(seconds + 4);
    }
  }
}
