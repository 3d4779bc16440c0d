package dev.priz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.protocol.Binary;
import dev.priz.protocol.Opcode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads that send through one connection, in all the ways that there are. */
final class SharedConnectionTest {
  private static final int SENDERS = 64;
  private static final int MESSAGES_OF_EACH = Rounds.of(500, 10_000);
  private static final int HEAD_BYTES = 2 * Integer.BYTES;

  private final CountDownLatch arrived = new CountDownLatch(SENDERS * MESSAGES_OF_EACH);
  private final List<String> faults = Collections.synchronizedList(new ArrayList<>());
  private final AtomicIntegerArray last = new AtomicIntegerArray(SENDERS);

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS)
  @DisplayName("AP-01 64 threads send 500 messages each, 10,000 with -Dhostile.full")
  void keepsMessagesWholeAndThoseOfAThreadInOrder() throws Exception {
    long seed = System.nanoTime();
    System.out.println("shared connection seed " + seed);
    var options = ConnectionOptions.DEFAULT.fragmentBytes(5_000).sendQueue(64 * 1024, 64 << 20);
    try (var ends = Ends.open(options)) {
      ends.server().onBinary(this::receive).onText(text -> receive(text.getBytes(UTF_8)));

      List<CompletableFuture<Void>> sending = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        int sender = i;
        var random = new SplittableRandom(seed + i);
        sending.add(Threads.run(() -> send(sender, ends.client(), random)));
      }
      for (var each : sending) each.get(30, TimeUnit.MINUTES);
      Soon.open(arrived);

      assertThat(faults).isEmpty();
    }
  }

  private static void send(int sender, WebSocket ws, SplittableRandom random) throws Exception {
    List<CompletableFuture<Void>> written = new ArrayList<>();
    for (int number = 1; number <= MESSAGES_OF_EACH; number++) {
      byte[] message = message(sender, number, random);
      switch (random.nextInt(5)) {
        case 0 -> sendInFragments(ws, message, random);
        case 1 -> written.add(ws.sendAsync(new Binary(message)).toCompletableFuture());
        case 2 -> ws.send(new String(message, UTF_8));
        default -> ws.send(message);
      }
    }
    for (var each : written) Soon.value(each);
  }

  // Of one sender's letters only; all of it is ASCII, to be a text too.
  private static byte[] message(int sender, int number, SplittableRandom random) {
    boolean big = random.nextInt(20) == 0;
    byte[] bytes = new byte[HEAD_BYTES + random.nextInt(big ? 20_000 : 600)];
    Arrays.fill(bytes, letter(sender, number));
    ByteBuffer.wrap(bytes)
        .putInt(sender)
        .put(4, (byte) (number >> 14))
        .put(5, (byte) (number >> 7 & 0x7f));
    bytes[6] = (byte) (number & 0x7f);
    return bytes;
  }

  private static void sendInFragments(WebSocket ws, byte[] message, SplittableRandom random) {
    try (OutgoingMessage outgoing = ws.sendFragments(Opcode.BINARY)) {
      for (int from = 0; from < message.length; ) {
        int to = Math.min(message.length, from + 1 + random.nextInt(message.length));
        outgoing.send(Arrays.copyOfRange(message, from, to));
        from = to;
      }
    }
  }

  private void receive(byte[] data) {
    int sender = ByteBuffer.wrap(data).getInt();
    int number = data[4] << 14 | data[5] << 7 | data[6];
    int before = last.getAndSet(sender, number);
    if (number != before + 1) faults.add(number + " after " + before + " of " + sender);
    for (int i = HEAD_BYTES; i < data.length; i++) {
      if (data[i] != letter(sender, number)) faults.add("torn: " + number + " of " + sender);
    }
    arrived.countDown();
  }

  private static byte letter(int sender, int number) {
    return (byte) ((sender * 31 + number) & 0x7f);
  }
}
