package dev.priz.conformance.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.WebSocket;
import dev.priz.WebSocketClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What clients cost that do nothing but answer Pings, 400 a second; with {@code
 * -Dhostile.full=true} 10,000 of them for half an hour, with the keep-alive that servers have
 * unless told otherwise.
 */
class IdleCrowdTest {
  private static final boolean FULL = Boolean.getBoolean("hostile.full");
  private static final int MANY = FULL ? 10_000 : 1_000;
  private static final int PING_MILLIS = FULL ? 25_000 : 2_500;
  private static final int WINDOWS = FULL ? 30 : 9;
  // What the JVM does to compile what it sees so much of is over by then, on a slow machine too.
  private static final int MAX_WINDOWS = FULL ? 30 : 60;
  private static final int WINDOW_SECONDS = FULL ? 60 : 1;
  private static final long LIMIT_MILLIS = WINDOW_SECONDS * 50L;

  @TempDir private Path folder;
  private final AtomicInteger lost = new AtomicInteger();

  @Test
  @Timeout(value = 40, unit = TimeUnit.MINUTES)
  @DisplayName("RS-12 takes under 5 % of a processor for 400 Pings a second to idle clients")
  void costsLittle() throws Exception {
    String ping = "-Dhostile.ping=" + PING_MILLIS;
    List<Long> millis = new ArrayList<>();
    try (var client = WebSocketClient.builder().build();
        var server = EchoProcess.start(0, 16_384, folder.resolve("log"), ping)) {
      for (int i = 0; i < MANY; i++) {
        WebSocket ws = client.connect("ws://127.0.0.1:" + server.port());
        ws.onText(text -> {}).onClose(closed -> lost.incrementAndGet());
      }
      do {
        long before = server.processorMillis();
        TimeUnit.SECONDS.sleep(WINDOW_SECONDS);
        millis.add(server.processorMillis() - before);
      } while (millis.size() < WINDOWS
          || (millis.size() < MAX_WINDOWS && medianOfLast(millis) >= LIMIT_MILLIS));
      assertThat(lost).hasValue(0);
    }
    assertThat(medianOfLast(millis)).as("in ms, of %s", millis).isLessThan(LIMIT_MILLIS);
  }

  private static long medianOfLast(List<Long> millis) {
    List<Long> last = millis.subList(millis.size() - WINDOWS, millis.size());
    return last.stream().sorted().skip(WINDOWS / 2).findFirst().orElseThrow();
  }
}
