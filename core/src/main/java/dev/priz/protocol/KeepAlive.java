package dev.priz.protocol;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Decides when to ask a silent peer for a sign of life, and when to give it up.
 *
 * <pre>
 *   QUIET ──pingInterval without a byte──► ASKED ──pongTimeout without a byte──► dead
 *     ▲                                      │
 *     └───────────── any byte ───────────────┘
 * </pre>
 */
sealed class KeepAlive permits Patience {
  /** What a time-out means. */
  enum Verdict {
    ALIVE,
    SEND_PING,
    DEAD,
    /** A message takes too long; said by {@link Patience} only. */
    TOO_SLOW
  }

  // "priz" in ASCII.
  private static final int PING_MARK = 0x7072697a;

  private final Timeouts timeouts;
  private long sinceNanos;
  private boolean asked;
  private int pings;

  KeepAlive(Timeouts timeouts, long nowNanos) {
    this.timeouts = timeouts;
    sinceNanos = nowNanos;
  }

  /** How long to wait. */
  final Timeouts timeouts() {
    return timeouts;
  }

  /** Notes that bytes came, whichever. */
  final void received(long nowNanos) {
    sinceNanos = nowNanos;
    asked = false;
  }

  /** The payload of the latest keep-alive Ping: eight bytes that differ from Ping to Ping. */
  final byte[] pingPayload() {
    return ByteBuffer.allocate(8).putInt(PING_MARK).putInt(pings).array();
  }

  /** Whether a Pong answers the latest keep-alive Ping, and so does not concern the application. */
  final boolean isAnsweredBy(byte[] pong) {
    return pings > 0 && pong.length == 8 && Arrays.equals(pong, pingPayload());
  }

  /** When {@link #timeout} is due, or {@link Connection#NO_DEADLINE}. */
  final long deadlineNanos() {
    if (timeouts.pingInterval().isZero()) return Connection.NO_DEADLINE;
    return sinceNanos + (asked ? timeouts.pongTimeout() : timeouts.pingInterval()).toNanos();
  }

  /** Says what is due now. */
  final Verdict timeout(long nowNanos) {
    long deadline = deadlineNanos();
    if (deadline == Connection.NO_DEADLINE || nowNanos - deadline < 0) return Verdict.ALIVE;
    if (asked) return Verdict.DEAD;
    sinceNanos = nowNanos;
    asked = true;
    pings++;
    return Verdict.SEND_PING;
  }
}
