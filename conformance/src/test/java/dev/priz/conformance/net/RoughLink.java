package dev.priz.conformance.net;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Two network devices and what carries packets from one to the other, in both directions: late, not
 * in order, twice, or not at all.
 */
final class RoughLink implements AutoCloseable {
  private static final int POLL_MILLIS = 50;

  private final Faults faults;
  private final TunDevice here;
  private final TunDevice there;
  private final List<Thread> readers = new ArrayList<>();
  private final ScheduledExecutorService carrier = Executors.newSingleThreadScheduledExecutor();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private final AtomicLong doubled = new AtomicLong();
  private final AtomicLong overtaken = new AtomicLong();
  private volatile boolean closed;

  /**
   * What happens to packets.
   *
   * @param delayMillis how long one takes, on average
   * @param jitterMillis how much longer or shorter than that at most, each as likely
   * @param loss the share that does not arrive
   * @param doubled the share that arrives twice
   */
  record Faults(int delayMillis, int jitterMillis, double loss, double doubled) {}

  private RoughLink(Faults faults, TunDevice here, TunDevice there) {
    this.faults = faults;
    this.here = here;
    this.there = there;
  }

  /**
   * Makes both devices here; one may be put into another namespace then.
   *
   * @throws IOException if this process may not, or the kernel has none
   */
  static RoughLink open(Faults faults, String here, String there) throws IOException {
    TunDevice first = TunDevice.open(here);
    try {
      var link = new RoughLink(faults, first, TunDevice.open(there));
      long seed = System.nanoTime();
      System.out.println("rough link: seed " + seed);
      link.carry(link.here, link.there, new Random(seed));
      link.carry(link.there, link.here, new Random(~seed));
      return link;
    } catch (IOException e) {
      first.close();
      throw e;
    }
  }

  /** How many packets did not arrive. */
  long lost() {
    return lost.get();
  }

  /** How many arrived twice. */
  long doubled() {
    return doubled.get();
  }

  /** How many arrived after one that was sent later. */
  long overtaken() {
    return overtaken.get();
  }

  /** What it has done, for a line of output. */
  @Override
  public String toString() {
    return sent
        + " packets, of which "
        + lost
        + " lost, "
        + doubled
        + " doubled, "
        + overtaken
        + " overtaken";
  }

  @Override
  public void close() {
    closed = true;
    try {
      for (Thread reader : readers) reader.join();
      carrier.shutdownNow();
      var unused = carrier.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    here.close();
    there.close();
  }

  private void carry(TunDevice from, TunDevice to, Random random) {
    readers.add(Thread.ofPlatform().name("rough-link").start(() -> new Way(from, to, random).go()));
  }

  /** One direction. */
  private final class Way {
    private final TunDevice from;
    private final TunDevice to;
    private final Random random;
    private long latest;
    // The carrier's.
    private long newest;

    Way(TunDevice from, TunDevice to, Random random) {
      this.from = from;
      this.to = to;
      this.random = random;
    }

    void go() {
      while (!closed) {
        byte[] packet = from.read(POLL_MILLIS);
        if (packet == null) continue;
        sent.incrementAndGet();
        if (random.nextDouble() < faults.loss) {
          lost.incrementAndGet();
          continue;
        }
        send(packet);
        if (random.nextDouble() < faults.doubled) {
          doubled.incrementAndGet();
          send(packet);
        }
      }
    }

    private void send(byte[] packet) {
      long number = ++latest;
      int jitter = random.nextInt(-faults.jitterMillis, faults.jitterMillis + 1);
      var unused =
          carrier.schedule(
              () -> arrive(packet, number), faults.delayMillis + jitter, TimeUnit.MILLISECONDS);
    }

    private void arrive(byte[] packet, long number) {
      if (number < newest) overtaken.incrementAndGet();
      newest = Math.max(newest, number);
      try {
        to.write(packet);
      } catch (LastErrorException down) {
        lost.incrementAndGet();
      }
    }
  }
}
