package dev.priz.benchmarks.siege;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.priz.WebSocket;
import dev.priz.WebSocketClient;
import dev.priz.protocol.Binary;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Peers that behave: each sends a small message at its time, whether or not the last came back. */
final class Bystanders {
  private static final int PEERS = 50;
  private static final int PER_SECOND = 2_000;
  private static final long PERIOD_NANOS = Duration.ofSeconds(1).toNanos() / PER_SECOND;
  private static final Duration LAST_ANSWER = Duration.ofSeconds(2);

  private static final long[] SAMPLES = new long[PER_SECOND * 600];
  private static final AtomicInteger ANSWERED = new AtomicInteger();

  private Bystanders() {}

  /**
   * Connects, and measures for so many seconds as each line of the input says.
   *
   * @param arguments the address
   */
  public static void main(String[] arguments) throws Exception {
    List<WebSocket> peers = new ArrayList<>();
    try (var client = WebSocketClient.builder().deflate(null).threads(1).build();
        var lines = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      for (int i = 0; i < PEERS; i++) {
        peers.add(client.connect(arguments[0]).onBinary(Bystanders::note));
      }
      System.out.println("ready");
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        System.out.println("latency " + measure(peers, Integer.parseInt(line)));
      }
    }
  }

  private static String measure(List<WebSocket> peers, int seconds) throws InterruptedException {
    int sent = seconds * PER_SECOND;
    ANSWERED.set(0);
    long due = System.nanoTime();
    for (int i = 0; i < sent; i++) {
      // The time at which it was to be sent: who comes late to that has waited, too.
      byte[] time = ByteBuffer.allocate(Long.BYTES).putLong(due).array();
      peers.get(i % PEERS).sendAsync(new Binary(time));
      due += PERIOD_NANOS;
      long left = due - System.nanoTime();
      if (left > 0) LockSupport.parkNanos(left);
    }
    long end = System.nanoTime() + LAST_ANSWER.toNanos();
    while (ANSWERED.get() < sent && System.nanoTime() < end) Thread.sleep(1);
    int answered = ANSWERED.get();
    long[] sorted = Arrays.copyOf(SAMPLES, sent);
    // What has no answer yet takes longer than all others.
    Arrays.fill(sorted, Math.min(answered, sent), sent, LAST_ANSWER.toNanos());
    Arrays.sort(sorted);
    return "%.3f %.3f %.3f"
        .formatted(sorted[sent / 2] / 1e6, sorted[sent / 100 * 99] / 1e6, sorted[sent - 1] / 1e6);
  }

  private static void note(byte[] time) {
    int index = ANSWERED.getAndIncrement();
    if (index < SAMPLES.length) {
      SAMPLES[index] = System.nanoTime() - ByteBuffer.wrap(time).getLong();
    }
  }
}
