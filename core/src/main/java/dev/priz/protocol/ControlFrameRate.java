package dev.priz.protocol;

/** Lets a burst of control frames pass, and then so many a second. */
final class ControlFrameRate {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final long nanosPerFrame;
  private final long burstNanos;
  // The time up to which the allowance is used; each frame moves it on by its share of a second.
  private long usedUpToNanos;

  ControlFrameRate(Limits limits, long nowNanos) {
    nanosPerFrame = NANOS_PER_SECOND / limits.controlFramesPerSecond();
    burstNanos = nanosPerFrame * limits.controlFrameBurst();
    usedUpToNanos = nowNanos - burstNanos;
  }

  /** Takes one frame off the allowance; false if there is none left. */
  boolean admit(long nowNanos) {
    long oldest = nowNanos - burstNanos;
    long from = usedUpToNanos - oldest < 0 ? oldest : usedUpToNanos;
    if (from + nanosPerFrame - nowNanos > 0) return false;
    usedUpToNanos = from + nanosPerFrame;
    return true;
  }
}
