package dev.priz.fault;

import java.time.Duration;

/**
 * What a {@link FaultProxy} does to one direction of a connection. Positions count the bytes of
 * that direction; -1 stands for never.
 *
 * @param cutAt position before which the connection ends, both ways
 * @param reset whether it ends with a reset, not with a FIN
 * @param freezeAt position from which on nothing is read any more, so that the sender's window
 *     closes
 * @param corruptAt position of a byte whose bits are all flipped
 * @param segmentBytes how much goes into one segment at most, 0 for whatever comes
 * @param delay how much later everything arrives
 * @param bytesPerSecond how fast it goes at most, 0 for no limit
 */
public record Flow(
    long cutAt,
    boolean reset,
    long freezeAt,
    long corruptAt,
    int segmentBytes,
    Duration delay,
    int bytesPerSecond) {
  /** Everything arrives as it was sent. */
  public static final Flow CLEAN = new Flow(-1, false, -1, -1, 0, Duration.ZERO, 0);

  /** This, ending with a FIN before a position. */
  public Flow finAt(long position) {
    return new Flow(position, false, freezeAt, corruptAt, segmentBytes, delay, bytesPerSecond);
  }

  /** This, ending with a reset before a position. */
  public Flow resetAt(long position) {
    return new Flow(position, true, freezeAt, corruptAt, segmentBytes, delay, bytesPerSecond);
  }

  /** This, standing still from a position on. */
  public Flow frozenAt(long position) {
    return new Flow(cutAt, reset, position, corruptAt, segmentBytes, delay, bytesPerSecond);
  }

  /** This, with one wrong byte. */
  public Flow corruptAt(long position) {
    return new Flow(cutAt, reset, freezeAt, position, segmentBytes, delay, bytesPerSecond);
  }

  /** This, in small segments. */
  public Flow inSegmentsOf(int bytes) {
    return new Flow(cutAt, reset, freezeAt, corruptAt, bytes, delay, bytesPerSecond);
  }

  /** This, later. */
  public Flow delayedBy(Duration time) {
    return new Flow(cutAt, reset, freezeAt, corruptAt, segmentBytes, time, bytesPerSecond);
  }

  /** This, no faster. */
  public Flow atMost(int newBytesPerSecond) {
    return new Flow(cutAt, reset, freezeAt, corruptAt, segmentBytes, delay, newBytesPerSecond);
  }
}
