package dev.priz.conformance.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.WebSocket;
import dev.priz.WebSocketClient;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
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
  private static final int WINDOW_SECONDS = FULL ? 60 : 1;

  @TempDir private Path folder;
  private final AtomicInteger lost = new AtomicInteger();

  @Test
  @Timeout(value = 40, unit = TimeUnit.MINUTES)
  @DisplayName("RS-12 takes under 5 % of a processor for 400 Pings a second to idle clients")
  void costsLittle() throws Exception {
    String ping = "-Dhostile.ping=" + PING_MILLIS;
    long[] millis = new long[WINDOWS];
    try (var client = WebSocketClient.builder().build();
        var server = EchoProcess.start(0, 16_384, folder.resolve("log"), ping)) {
      for (int i = 0; i < MANY; i++) {
        WebSocket ws = client.connect("ws://127.0.0.1:" + server.port());
        ws.onText(text -> {}).onClose(closed -> lost.incrementAndGet());
      }
      for (int window = 0; window < WINDOWS; window++) {
        long before = server.processorMillis();
        TimeUnit.SECONDS.sleep(WINDOW_SECONDS);
        millis[window] = server.processorMillis() - before;
      }
      assertThat(lost).hasValue(0);
    }
    // At first, the JVM compiles what it has just seen so much of.
    long median = LongStream.of(millis).sorted().skip(WINDOWS / 2).findFirst().orElseThrow();
    assertThat(median).as("in ms, of %s", millis).isLessThan(WINDOW_SECONDS * 50L);
  }
}
