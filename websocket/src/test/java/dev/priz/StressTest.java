package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.protocol.Binary;
import dev.priz.protocol.Message;
import dev.priz.protocol.Opcode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.zip.CRC32C;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A thousand connections through one server, over which threads send to each other: no message is
 * lost, repeated, torn, or overtaken by a later one of its sender.
 */
final class StressTest {
  private static final int CONNECTIONS = 1_000;
  private static final int SENDERS = 64;
  private static final int MESSAGES_OF_EACH = 250;
  private static final int HEAD_BYTES = 4 * Integer.BYTES;

  private final CountDownLatch arrived = new CountDownLatch(SENDERS * MESSAGES_OF_EACH);
  private final List<String> faults = Collections.synchronizedList(new ArrayList<>());
  // For each receiver and sender the number of the last message; each pair has messages in order.
  private final AtomicIntegerArray last = new AtomicIntegerArray(CONNECTIONS * SENDERS);
  private final Map<Integer, WebSocket> members = new ConcurrentHashMap<>();

  /** How the server passes messages on. */
  enum Style {
    LOOP,
    CALLBACKS
  }

  @ParameterizedTest
  @EnumSource
  void deliversEveryMessageOnceWholeAndInOrder(Style style) throws Exception {
    long seed = System.nanoTime();
    System.out.println("stress seed " + seed);
    var options = ConnectionOptions.DEFAULT.fragmentBytes(20_000).sendQueue(64 * 1024, 64 << 20);
    try (var server = start(style, options);
        var client = WebSocketClient.builder().threads(2).options(options).build()) {
      List<WebSocket> clients = connect(client, server.address());

      List<CompletableFuture<Void>> sending = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        int sender = i;
        var random = new SplittableRandom(seed + i);
        sending.add(Threads.run(() -> send(sender, clients, random)));
      }
      for (var each : sending) Soon.value(each);
      Soon.open(arrived);

      assertThat(faults).isEmpty();
    }
  }

  private WebSocketServer start(Style style, ConnectionOptions options) {
    WebSocketServerBuilder builder = WebSocketServer.at("127.0.0.1:0").options(options);
    return switch (style) {
      case LOOP ->
          builder
              .route(
                  "/{id}",
                  ws -> {
                    members.put(id(ws), ws);
                    for (Message message : ws) forward(message);
                  })
              .start();
      case CALLBACKS ->
          builder
              .callbacks(
                  "/{id}",
                  ws -> {
                    members.put(id(ws), ws);
                    ws.onBinary(data -> forward(new Binary(data)));
                  })
              .start();
    };
  }

  private List<WebSocket> connect(WebSocketClient client, String address) throws Exception {
    List<CompletableFuture<WebSocket>> opening = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) opening.add(client.connectAsync(address + "/" + i));
    List<WebSocket> clients = new ArrayList<>();
    for (var each : opening) clients.add(Soon.value(each));
    for (int i = 0; i < CONNECTIONS; i++) {
      int receiver = i;
      clients.get(i).onBinary(data -> receive(receiver, data));
    }
    Soon.holds(() -> members.size() == CONNECTIONS, "the server knows all clients");
    return clients;
  }

  // Sends always through the same connection, for only then is there an order to keep.
  private void send(int sender, List<WebSocket> clients, SplittableRandom random) {
    WebSocket ws = clients.get(sender * 7 % CONNECTIONS);
    int[] numbers = new int[CONNECTIONS];
    for (int i = 0; i < MESSAGES_OF_EACH; i++) {
      int receiver = random.nextInt(CONNECTIONS);
      byte[] message = message(receiver, sender, ++numbers[receiver], random);
      if (random.nextInt(5) == 0) {
        sendInFragments(ws, message, random);
      } else {
        ws.send(message);
      }
    }
  }

  private static byte[] message(int receiver, int sender, int number, SplittableRandom random) {
    boolean big = random.nextInt(20) == 0;
    int size = HEAD_BYTES + random.nextInt(big ? 60_000 : 600);
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    ByteBuffer.wrap(bytes).putInt(receiver).putInt(sender).putInt(number).putInt(0);
    ByteBuffer.wrap(bytes).putInt(3 * Integer.BYTES, checksum(bytes));
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

  private void forward(Message message) {
    members.get(ByteBuffer.wrap(message.data()).getInt()).send(message);
  }

  private void receive(int receiver, byte[] data) {
    var head = ByteBuffer.wrap(data);
    int to = head.getInt();
    int sender = head.getInt();
    int number = head.getInt();
    int checksum = head.getInt();
    head.putInt(3 * Integer.BYTES, 0);
    if (to != receiver) faults.add("for " + to + " at " + receiver);
    if (checksum != checksum(data)) faults.add("torn: " + data.length + " bytes of " + sender);
    int before = last.getAndSet(receiver * SENDERS + sender, number);
    if (number != before + 1) faults.add(number + " after " + before + " of " + sender);
    arrived.countDown();
  }

  private static int checksum(byte[] bytes) {
    var checksum = new CRC32C();
    checksum.update(bytes);
    return (int) checksum.getValue();
  }

  private static int id(WebSocket ws) {
    return Integer.parseInt(ws.pathParameter("id"));
  }
}
