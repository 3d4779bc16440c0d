package dev.priz.benchmarks.topics;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.priz.TopicClient;
import dev.priz.TopicMessage;
import dev.priz.WebSocketClient;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that come back after a loss, each of which watches that no number is left out. */
final class Recoverers {
  private static final int AT_ONCE = 50;

  // What was left out or repeated without a word, and what was said to be lost.
  private static final AtomicInteger SILENT = new AtomicInteger();
  private static final AtomicInteger TOLD = new AtomicInteger();

  private Recoverers() {}

  /**
   * Connects, and then answers each line with what was missed.
   *
   * @param arguments address and number
   */
  public static void main(String[] arguments) throws Exception {
    int count = Integer.parseInt(arguments[1]);
    var subscribed = new CountDownLatch(count);
    var free = new Semaphore(AT_ONCE);
    try (WebSocketClient shared =
            WebSocketClient.builder()
                .deflate(null)
                .threads(1)
                .subprotocols(TopicClient.SUBPROTOCOL)
                .build();
        var commands = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      for (int i = 0; i < count; i++) {
        free.acquire();
        TopicClient client = TopicClient.builder(arguments[0] + "/storm").client(shared).connect();
        listen(
            client,
            () -> {
              subscribed.countDown();
              free.release();
            });
      }
      subscribed.await();
      System.out.println("ready");
      while (commands.readLine() != null) {
        System.out.println(
            "missed " + SILENT.getAndSet(0) + " silently, told " + TOLD.getAndSet(0));
      }
    }
  }

  private static void listen(TopicClient client, Runnable subscribed) {
    var numbers = new Numbers();
    client
        .subscription("storm")
        .onSubscribed(subscribed)
        .onLost(dropped -> numbers.lost())
        .onMessage(numbers::next)
        .start();
  }

  /** The numbers that one client has heard. */
  private static final class Numbers {
    private long last = -1;

    void lost() {
      last = -1;
      TOLD.incrementAndGet();
    }

    void next(TopicMessage message) {
      long number = Long.parseLong(message.text());
      if (last >= 0 && number != last + 1) SILENT.incrementAndGet();
      last = number;
    }
  }
}
