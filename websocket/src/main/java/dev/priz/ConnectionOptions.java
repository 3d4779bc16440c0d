package dev.priz;

import dev.priz.netty.Budget;
import dev.priz.netty.LinkOptions;
import dev.priz.protocol.DeflateOptions;
import dev.priz.protocol.Limits;
import dev.priz.protocol.Timeouts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How connections behave, the same for servers and clients. Start from {@link #DEFAULT} and change
 * what differs.
 *
 * @param limits what a peer may make this end hold or do
 * @param timeouts how long this end waits
 * @param answersPings whether Pings are answered by themselves; true
 * @param highMarkBytes output waiting in the queue, and again in the socket, at which threads that
 *     send wait and reading pauses; 64 KiB
 * @param maxQueuedBytes waiting output at which a peer is given up by who cannot wait; 1 MiB
 * @param fragmentBytes size over which a message is sent in fragments, so that Pings and Pongs pass
 *     between; 1 MiB
 * @param inboxBytes received messages waiting for {@link WebSocket#receive} at which reading
 *     pauses; 64 KiB
 * @param deflate how messages are compressed where the peer can do it too (RFC 7692), or null for
 *     not at all; {@link DeflateOptions#SHARED}
 */
public record ConnectionOptions(
    Limits limits,
    Timeouts timeouts,
    boolean answersPings,
    int highMarkBytes,
    int maxQueuedBytes,
    int fragmentBytes,
    int inboxBytes,
    @Nullable DeflateOptions deflate) {
  private static final int LEAST_BYTES = 1_024;
  private static final Duration STALL = Duration.ofSeconds(10);

  /** What fits a server on the open internet. */
  public static final ConnectionOptions DEFAULT =
      new ConnectionOptions(
          Limits.DEFAULT,
          Timeouts.DEFAULT,
          true,
          64 * 1024,
          1 << 20,
          1 << 20,
          64 * 1024,
          DeflateOptions.SHARED);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if a number is below 1,024, or the cap of the queue below its
   *     high mark
   */
  public ConnectionOptions {
    atLeast("highMarkBytes", highMarkBytes, LEAST_BYTES);
    atLeast("maxQueuedBytes", maxQueuedBytes, highMarkBytes);
    atLeast("fragmentBytes", fragmentBytes, LEAST_BYTES);
    atLeast("inboxBytes", inboxBytes, LEAST_BYTES);
  }

  /** These options with other {@link #limits()}. */
  public ConnectionOptions limits(Limits newLimits) {
    return new ConnectionOptions(
        newLimits,
        timeouts,
        answersPings,
        highMarkBytes,
        maxQueuedBytes,
        fragmentBytes,
        inboxBytes,
        deflate);
  }

  /** These options with other {@link #timeouts()}. */
  public ConnectionOptions timeouts(Timeouts newTimeouts) {
    return new ConnectionOptions(
        limits,
        newTimeouts,
        answersPings,
        highMarkBytes,
        maxQueuedBytes,
        fragmentBytes,
        inboxBytes,
        deflate);
  }

  /** These options with another choice of {@link #answersPings()}. */
  public ConnectionOptions answersPings(boolean automatic) {
    return new ConnectionOptions(
        limits,
        timeouts,
        automatic,
        highMarkBytes,
        maxQueuedBytes,
        fragmentBytes,
        inboxBytes,
        deflate);
  }

  /**
   * These options with another queue of output.
   *
   * @param newHighMarkBytes new {@link #highMarkBytes()}
   * @param newMaxQueuedBytes new {@link #maxQueuedBytes()}
   */
  public ConnectionOptions sendQueue(int newHighMarkBytes, int newMaxQueuedBytes) {
    return new ConnectionOptions(
        limits,
        timeouts,
        answersPings,
        newHighMarkBytes,
        newMaxQueuedBytes,
        fragmentBytes,
        inboxBytes,
        deflate);
  }

  /** These options with other {@link #fragmentBytes()}. */
  public ConnectionOptions fragmentBytes(int bytes) {
    return new ConnectionOptions(
        limits, timeouts, answersPings, highMarkBytes, maxQueuedBytes, bytes, inboxBytes, deflate);
  }

  /** These options with other {@link #inboxBytes()}. */
  public ConnectionOptions inboxBytes(int bytes) {
    return new ConnectionOptions(
        limits,
        timeouts,
        answersPings,
        highMarkBytes,
        maxQueuedBytes,
        fragmentBytes,
        bytes,
        deflate);
  }

  /**
   * These options with another {@link #deflate()}.
   *
   * @param options null for connections that do not compress
   */
  public ConnectionOptions deflate(@Nullable DeflateOptions options) {
    return new ConnectionOptions(
        limits,
        timeouts,
        answersPings,
        highMarkBytes,
        maxQueuedBytes,
        fragmentBytes,
        inboxBytes,
        options);
  }

  /**
   * How the links of a server or a client behave.
   *
   * @param budget that they share
   */
  LinkOptions forLink(Budget budget) {
    return new LinkOptions(
        limits,
        timeouts,
        answersPings,
        highMarkBytes,
        maxQueuedBytes,
        STALL,
        fragmentBytes,
        deflate,
        budget);
  }

  private static void atLeast(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(name + " is " + value + ", the least is " + least);
    }
  }
}
