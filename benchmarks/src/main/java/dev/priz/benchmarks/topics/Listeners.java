package dev.priz.benchmarks.topics;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.priz.WebSocketClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Subscribers that note how long each publication took to them; and some that never read. */
final class Listeners {
  private static final int AT_ONCE = 100;
  private static final int MAX_SAMPLES = 4_000_000;

  private static final long[] SAMPLES = new long[MAX_SAMPLES];
  private static final AtomicInteger COUNT = new AtomicInteger();

  private Listeners() {}

  /**
   * Connects, and then does what the lines of the input say.
   *
   * @param arguments address and number
   */
  public static void main(String[] arguments) throws Exception {
    String address = arguments[0];
    List<Socket> neverRead = new ArrayList<>();
    try (var client = WebSocketClient.builder().deflate(null).threads(1).build();
        var commands = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      connect(client, address, Integer.parseInt(arguments[1]));
      System.out.println("ready");
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        if (line.equals("report")) {
          System.out.println("latency " + report());
        } else {
          int count = Integer.parseInt(line.substring("jam ".length()));
          for (int i = 0; i < count; i++) neverRead.add(jam(URI.create(address)));
          System.out.println("jammed");
        }
      }
    } finally {
      for (Socket socket : neverRead) socket.close();
    }
  }

  private static void connect(WebSocketClient client, String address, int count)
      throws InterruptedException {
    var free = new Semaphore(AT_ONCE);
    List<CompletableFuture<?>> opening = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      free.acquire();
      opening.add(
          client
              .connectAsync(address + "/crowd")
              .thenAccept(ws -> ws.onText(Listeners::note))
              .whenComplete((done, failure) -> free.release()));
    }
    CompletableFuture.allOf(opening.toArray(CompletableFuture[]::new)).join();
  }

  private static void note(String text) {
    int index = COUNT.getAndIncrement();
    if (index < MAX_SAMPLES) SAMPLES[index] = System.nanoTime() - Long.parseLong(text.strip());
  }

  private static String report() {
    int count = Math.min(COUNT.getAndSet(0), MAX_SAMPLES);
    long[] sorted = Arrays.copyOf(SAMPLES, count);
    Arrays.sort(sorted);
    if (count == 0) return "nothing came";
    return "p50 %.1f, p99 %.1f, most %.1f of %,d"
        .formatted(
            sorted[count / 2] / 1e6,
            sorted[(int) (count * 0.99)] / 1e6,
            sorted[count - 1] / 1e6,
            count);
  }

  private static Socket jam(URI address) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
    socket
        .getOutputStream()
        .write(
            """
            GET /jam HTTP/1.1\r
            Host: a\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            \r
            """
                .getBytes(UTF_8));
    return socket;
  }
}
