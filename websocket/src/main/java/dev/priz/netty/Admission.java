package dev.priz.netty;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts the connections of each address and how fast new ones come, where that is limited. For any
 * thread.
 */
public final class Admission {
  /** No limit. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  // Addresses without a connection that are remembered for their rate, before they are looked
  // through.
  private static final int MANY_ADDRESSES = 16_384;
  // Who is too many is answered, as long as there are not too many of those, too.
  private static final int LEAST_ANSWERED = 16;
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
  // How many refusals a second one address is told of; as many may come at once.
  private static final int ANSWERS = 100;

  private final int maxConnections;
  private final int perAddress;
  private final long intervalNanos;
  private final long burstNanos;
  private final LongSupplier nanoClock;
  // By IPv4 address, or by the first half of an IPv6 address; guarded by this.
  private final Map<Object, Guest> guests = new HashMap<>();
  private int sweepSize = MANY_ADDRESSES;

  /**
   * An admission.
   *
   * @param maxConnections of all addresses together
   * @param perAddress connections of one address, or {@link #UNLIMITED}
   * @param perSecond new connections of one address on average, or {@link #UNLIMITED}
   * @param burst new connections of one address at once
   */
  public Admission(int maxConnections, int perAddress, int perSecond, int burst) {
    this(maxConnections, perAddress, perSecond, burst, System::nanoTime);
  }

  Admission(int maxConnections, int perAddress, int perSecond, int burst, LongSupplier nanoClock) {
    this.maxConnections = maxConnections;
    this.perAddress = perAddress;
    this.nanoClock = nanoClock;
    intervalNanos = perSecond == UNLIMITED ? 0 : Math.max(1, SECOND_NANOS / perSecond);
    burstNanos = burst * intervalNanos;
  }

  /** What becomes of one more connection of an address. */
  enum Verdict {
    WELCOME,
    TOO_MANY,
    TOO_FAST,
    /** One of the two, beyond a hundred times a second: not worth an answer. */
    IGNORED
  }

  private static final class Guest {
    private int open;
    // When the connections so far will have been paid for, at the rate that is allowed.
    private long paidNanos;
    // The same for the answers to refused ones.
    private long answersPaidNanos;

    Guest(long nowNanos) {
      paidNanos = nowNanos;
      answersPaidNanos = nowNanos;
    }

    boolean isForgettable(long nowNanos) {
      return open == 0 && paidNanos - nowNanos <= 0 && answersPaidNanos - nowNanos <= 0;
    }
  }

  /** Whether so many connections, the newest included, are more than there may be. */
  boolean isFull(int connections) {
    return connections > maxConnections;
  }

  /** Whether they are so many that not even an answer is to be spent on the newest. */
  boolean isOverrun(int connections) {
    return connections > maxConnections + (long) maxConnections / 8 + LEAST_ANSWERED;
  }

  /** Whether addresses are told apart at all. */
  boolean countsAddresses() {
    return perAddress != UNLIMITED || intervalNanos != 0;
  }

  /** Counts one more connection if it is welcome; {@link #leave} is to follow then. */
  synchronized Verdict enter(InetAddress address) {
    long now = nanoClock.getAsLong();
    if (guests.size() >= sweepSize) sweep(now);
    Guest guest = guests.computeIfAbsent(key(address), unknown -> new Guest(now));
    if (guest.open >= perAddress) return refuse(guest, Verdict.TOO_MANY, now);
    long paid = later(guest.paidNanos, now) + intervalNanos;
    if (paid - now > burstNanos) return refuse(guest, Verdict.TOO_FAST, now);
    guest.paidNanos = paid;
    guest.open++;
    return Verdict.WELCOME;
  }

  /** Forgets a connection. */
  synchronized void leave(InetAddress address) {
    Object key = key(address);
    @Nullable Guest guest = guests.get(key);
    assert guest != null : "a connection that was not counted";
    guest.open--;
    if (guest.isForgettable(nanoClock.getAsLong())) guests.remove(key);
  }

  /** How many addresses are known; for tests. */
  synchronized int addresses() {
    return guests.size();
  }

  private static Verdict refuse(Guest guest, Verdict why, long now) {
    long paid = later(guest.answersPaidNanos, now) + SECOND_NANOS / ANSWERS;
    if (paid - now > SECOND_NANOS) return Verdict.IGNORED;
    guest.answersPaidNanos = paid;
    return why;
  }

  private static long later(long nanos, long now) {
    return nanos - now < 0 ? now : nanos;
  }

  // Next time only once there are twice as many as are left now, so that no flood of addresses
  // makes each newcomer costly.
  private void sweep(long now) {
    guests.values().removeIf(guest -> guest.isForgettable(now));
    sweepSize = Math.max(MANY_ADDRESSES, 2 * guests.size());
  }

  // RFC 6177 §2: end sites get a /64 at least, so that the rest is the client's own choice.
  private static Object key(InetAddress address) {
    return address instanceof Inet6Address
        ? (Object) ByteBuffer.wrap(address.getAddress()).getLong()
        : address;
  }
}
