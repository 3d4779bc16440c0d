package dev.priz.protocol;

/**
 * How long a peer may be silent, and how long it may take for a message. The clocks stand still
 * while this end does not read. It is one object with {@link KeepAlive} for the reason that {@link
 * FrameReader} is one with its header.
 */
final class Patience extends KeepAlive {
  private boolean paused;
  // When the first byte of what is incomplete came; meaningful inside a frame or message only.
  private long incompleteSinceNanos;

  Patience(Timeouts timeouts, long nowNanos) {
    super(timeouts, nowNanos);
  }

  /** Notes that the first byte of a message or control frame came. */
  void begin(long nowNanos) {
    incompleteSinceNanos = nowNanos;
  }

  /** Notes that this end has stopped reading. */
  void pause() {
    paused = true;
  }

  /** Notes that this end reads again; the peer's time starts anew. */
  void resume(long nowNanos) {
    if (!paused) return;
    paused = false;
    received(nowNanos);
    incompleteSinceNanos = nowNanos;
  }

  /**
   * When {@link #timeout(boolean, long)} is due, or {@link Connection#NO_DEADLINE}.
   *
   * @param incomplete whether something has begun that is to end in time
   */
  long deadlineNanos(boolean incomplete) {
    if (paused) return Connection.NO_DEADLINE;
    long alive = deadlineNanos();
    if (!incomplete) return alive;
    long complete = completeDeadlineNanos();
    return alive == Connection.NO_DEADLINE || complete - alive < 0 ? complete : alive;
  }

  /**
   * Says what is due now.
   *
   * @param incomplete as in {@link #deadlineNanos(boolean)}
   */
  Verdict timeout(boolean incomplete, long nowNanos) {
    if (paused) return Verdict.ALIVE;
    boolean tooSlow = incomplete && nowNanos - completeDeadlineNanos() >= 0;
    return tooSlow ? Verdict.TOO_SLOW : timeout(nowNanos);
  }

  private long completeDeadlineNanos() {
    return incompleteSinceNanos + timeouts().message().toNanos();
  }
}
