package dev.priz.benchmarks.soak;

import dev.priz.TlsOptions;
import dev.priz.Transport;
import dev.priz.WebSocket;
import dev.priz.WebSocketClient;
import dev.priz.protocol.DeflateOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The peers that behave well, as many as are wanted: who leaves is replaced. For use by the pacer's
 * thread, which calls {@link #turn} many times a second.
 */
final class Crowd {
  private static final int ATTEMPTS_AT_ONCE = 100;
  private static final double JOINS_PER_SECOND = 500;
  private static final double CLOSES_PER_SECOND = 2_000;
  // On average; many stay for longer, and as many leave early.
  private static final double STAY_SECONDS = 120;
  private static final int TLS_PERCENT = 15;

  private final WebSocketClient compressing = client(DeflateOptions.SHARED);
  private final WebSocketClient plain = client(null);
  private final List<String> addresses;
  private final List<String> secureAddresses;
  private final SplittableRandom random;
  private final Repertoire repertoire;
  private final Tally tally;
  private final double messagesPerSecond;
  private final List<Talker> talkers = new ArrayList<>();
  private final Queue<Talker> arrived = new ConcurrentLinkedQueue<>();
  private final Queue<Talker> gone = new ConcurrentLinkedQueue<>();
  private final AtomicInteger attempts = new AtomicInteger();
  private final Due joins = new Due();
  private final Due leaves = new Due();
  private final Due messages = new Due();

  /**
   * Nobody yet.
   *
   * @param addresses of servers, those with TLS among them
   */
  Crowd(List<String> addresses, long seed, double messagesPerSecond, Tally tally) {
    this.addresses = addresses.stream().filter(address -> address.startsWith("ws:")).toList();
    secureAddresses = addresses.stream().filter(address -> address.startsWith("wss:")).toList();
    random = new SplittableRandom(seed);
    repertoire = new Repertoire(seed);
    this.messagesPerSecond = messagesPerSecond;
    this.tally = tally;
  }

  /**
   * Does what is due.
   *
   * @param wanted how many there should be; 0 sends all away
   * @param seconds since the last turn
   */
  void turn(int wanted, double seconds) {
    talkers.addAll(drain(arrived));
    List<Talker> left = drain(gone);
    if (!left.isEmpty()) talkers.removeAll(new HashSet<>(left));
    if (wanted == 0) {
      for (int i = leaves.take(CLOSES_PER_SECOND * seconds); i > 0; i--) sendOneAway();
      return;
    }
    for (int i = leaves.take(talkers.size() / STAY_SECONDS * seconds); i > 0; i--) sendOneAway();
    for (int i = joins.take(JOINS_PER_SECOND * seconds); i > 0; i--) {
      if (talkers.size() + attempts.get() >= wanted) break;
      if (attempts.get() >= ATTEMPTS_AT_ONCE) break;
      join();
    }
    long nowNanos = System.nanoTime();
    double share = Math.min(1, (double) talkers.size() / wanted);
    for (int i = messages.take(messagesPerSecond * share * seconds); i > 0; i--) speak(nowNanos);
  }

  /** Has all of them speak at once. */
  void speakAll() {
    long nowNanos = System.nanoTime();
    for (Talker talker : talkers) talker.speak(repertoire.choose(random), random, nowNanos);
  }

  /** Whether nobody is here or on the way. */
  boolean isEmpty() {
    return talkers.isEmpty() && arrived.isEmpty() && attempts.get() == 0;
  }

  private static WebSocketClient client(@Nullable DeflateOptions deflate) {
    return WebSocketClient.builder()
        .transport(Transport.AUTO)
        .tls(TlsOptions.CLIENT.insecure())
        .deflate(deflate)
        .build();
  }

  private static List<Talker> drain(Queue<Talker> queue) {
    List<Talker> drained = new ArrayList<>();
    for (Talker talker = queue.poll(); talker != null; talker = queue.poll()) drained.add(talker);
    return drained;
  }

  private void join() {
    List<String> servers = random.nextInt(100) < TLS_PERCENT ? secureAddresses : addresses;
    String server = servers.get(random.nextInt(servers.size()));
    WebSocketClient client = random.nextBoolean() ? compressing : plain;
    attempts.incrementAndGet();
    client
        .connectAsync(server + (random.nextBoolean() ? "/echo" : "/loop"))
        .whenComplete((ws, failure) -> {
          if (failure == null) {
            welcome(ws);
          } else {
            tally.count(Figure.REFUSED);
          }
          attempts.decrementAndGet();
        });
  }

  private void welcome(WebSocket ws) {
    tally.count(Figure.JOINS);
    tally.count(Figure.PEERS);
    var talker =
        new Talker(
            ws,
            tally,
            ended -> {
              tally.peerLeft();
              gone.add(ended);
            });
    // Before it can be gone.
    arrived.add(talker);
    talker.listen();
  }

  private void sendOneAway() {
    if (talkers.isEmpty()) return;
    // Taken out at once, so that it is sent away once only: the last one takes its place.
    int place = random.nextInt(talkers.size());
    Talker leaving = talkers.get(place);
    Talker last = talkers.removeLast();
    if (last != leaving) talkers.set(place, last);
    leaving.leave(random);
  }

  private void speak(long nowNanos) {
    if (talkers.isEmpty()) return;
    talkers.get(random.nextInt(talkers.size())).speak(repertoire.choose(random), random, nowNanos);
  }
}
