package dev.priz.conformance.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Peers that would fill a server's log; a million with {@code -Dhostile.full=true}. */
class LogFloodTest {
  private static final int ERRORS = Boolean.getBoolean("hostile.full") ? 1_000_000 : 5_000;
  private static final int PEERS = 4;
  private static final long MAX_GROWTH_BYTES = 32 << 20;
  // All of the heap from the start, so that what grows is something else.
  private static final String[] JVM = {
    "-Xms64m",
    "-Xmx64m",
    "-XX:+AlwaysPreTouch",
    "-XX:MaxDirectMemorySize=32m",
    "-Dorg.slf4j.simpleLogger.defaultLogLevel=info"
  };

  @TempDir private Path folder;

  @Test
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  @DisplayName("RS-17 logs at most one line a second of broken frames, without what they carried")
  void logsOneLineASecond() throws Exception {
    try (var server = EchoProcess.start(0, 4_096, folder.resolve("log"), JVM)) {
      long start = System.nanoTime();
      breakFrames(server, ERRORS / 5);
      long before = server.residentBytes();
      breakFrames(server, ERRORS - ERRORS / 5);
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);

      String log = server.log();
      assertThat(log).contains("reserved opcode (RFC 6455 §5.2)").doesNotContain("secret");
      // One for the transport, one at the start, and one for each second since.
      assertThat(log.lines().count()).as(log).isLessThanOrEqualTo(seconds + 4);
      assertThat(server.residentBytes() - before)
          .as("growth in %d s", seconds)
          .isLessThan(MAX_GROWTH_BYTES);
    }
  }

  private static void breakFrames(EchoProcess server, int count) throws Exception {
    List<FutureTask<Integer>> peers = new ArrayList<>();
    for (int i = 0; i < PEERS; i++) {
      var peer = new FutureTask<>(() -> breakFramesInTurn(server, count / PEERS));
      Thread.ofPlatform().daemon().start(peer);
      peers.add(peer);
    }
    for (FutureTask<Integer> peer : peers) assertThat(peer.get()).isEqualTo(count / PEERS);
  }

  private static int breakFramesInTurn(EchoProcess server, int count) throws IOException {
    int broken = 0;
    while (broken < count) {
      try (var client = RawClient.to(server.port()).askFor("/?token=secret")) {
        client.sendHex("83 86 00000000 736563726574");
        client.readHead();
        broken++;
        if (broken == count) client.readToEnd();
        client.reset();
      }
    }
    return broken;
  }
}
