package dev.priz.protocol;

import dev.priz.protocol.deflate.InflateLimits;

/**
 * How much a peer may make this end hold or do. Start from {@link #DEFAULT} and change what
 * differs:
 *
 * {@snippet class="dev.priz.protocol.LimitsExample" region="change"}
 *
 * @param maxMessageBytes size of a message, decompressed, and so of a frame, that is received
 *     whole; 1 MiB
 * @param maxFragments data frames of one message; 1,024
 * @param controlFramesPerSecond Pings and Pongs a second on average; 50
 * @param controlFrameBurst Pings and Pongs at once; 100
 * @param maxDrainBytes bytes read and dropped after the end of the closing handshake; 64 KiB
 * @param maxRequestLineBytes the first line of the HTTP request or response; 8 KiB
 * @param maxHeaderLineBytes one header line, its name and value; 8 KiB
 * @param maxHeaderBytes all header lines together; 16 KiB
 * @param maxHeaders number of header lines; 100
 * @param maxInflateRatio bytes of a message for each of its compressed bytes, looked at from 64 KiB
 *     on; {@link #ANY_RATIO}, because {@code maxMessageBytes} holds for decompressed messages
 * @param maxIdleInflateWork what decompressing may cost without giving anything, in bytes of input,
 *     where each empty block counts as 8 more and each with codes of its own as 256; 64 KiB
 */
public record Limits(
    int maxMessageBytes,
    int maxFragments,
    int controlFramesPerSecond,
    int controlFrameBurst,
    int maxDrainBytes,
    int maxRequestLineBytes,
    int maxHeaderLineBytes,
    int maxHeaderBytes,
    int maxHeaders,
    int maxInflateRatio,
    int maxIdleInflateWork) {

  /** A {@link #maxInflateRatio} that no message exceeds. */
  public static final int ANY_RATIO = InflateLimits.ANY_RATIO;

  /** The limits that protect a server on the open internet. */
  public static final Limits DEFAULT =
      new Limits(
          1 << 20, 1_024, 50, 100, 64 * 1024, 8 * 1024, 8 * 1024, 16 * 1024, 100, ANY_RATIO,
          64 * 1024);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is below 1, or more than {@link Integer#MAX_VALUE} − 64
   *     bytes are asked for
   */
  public Limits {
    positive("maxMessageBytes", maxMessageBytes);
    positive("maxFragments", maxFragments);
    positive("controlFramesPerSecond", controlFramesPerSecond);
    positive("controlFrameBurst", controlFrameBurst);
    positive("maxDrainBytes", maxDrainBytes);
    positive("maxRequestLineBytes", maxRequestLineBytes);
    positive("maxHeaderLineBytes", maxHeaderLineBytes);
    positive("maxHeaderBytes", maxHeaderBytes);
    positive("maxHeaders", maxHeaders);
    positive("maxInflateRatio", maxInflateRatio);
    positive("maxIdleInflateWork", maxIdleInflateWork);
    int maxArrayBytes = Integer.MAX_VALUE - 64;
    if (maxMessageBytes > maxArrayBytes) {
      throw new IllegalArgumentException(
          "maxMessageBytes is " + maxMessageBytes + ", a Java array ends at " + maxArrayBytes);
    }
  }

  /** These limits with another {@link #maxMessageBytes()}. */
  public Limits maxMessageBytes(int bytes) {
    return new Limits(
        bytes,
        maxFragments,
        controlFramesPerSecond,
        controlFrameBurst,
        maxDrainBytes,
        maxRequestLineBytes,
        maxHeaderLineBytes,
        maxHeaderBytes,
        maxHeaders,
        maxInflateRatio,
        maxIdleInflateWork);
  }

  /** These limits with another {@link #maxFragments()}. */
  public Limits maxFragments(int fragments) {
    return new Limits(
        maxMessageBytes,
        fragments,
        controlFramesPerSecond,
        controlFrameBurst,
        maxDrainBytes,
        maxRequestLineBytes,
        maxHeaderLineBytes,
        maxHeaderBytes,
        maxHeaders,
        maxInflateRatio,
        maxIdleInflateWork);
  }

  /**
   * These limits with another rate of Pings and Pongs.
   *
   * @param perSecond new {@link #controlFramesPerSecond()}
   * @param burst new {@link #controlFrameBurst()}
   */
  public Limits controlFrames(int perSecond, int burst) {
    return new Limits(
        maxMessageBytes,
        maxFragments,
        perSecond,
        burst,
        maxDrainBytes,
        maxRequestLineBytes,
        maxHeaderLineBytes,
        maxHeaderBytes,
        maxHeaders,
        maxInflateRatio,
        maxIdleInflateWork);
  }

  /**
   * These limits with others for the HTTP part of the handshake.
   *
   * @param requestLineBytes new {@link #maxRequestLineBytes()}
   * @param headerLineBytes new {@link #maxHeaderLineBytes()}
   * @param headerBytes new {@link #maxHeaderBytes()}
   * @param headers new {@link #maxHeaders()}
   */
  public Limits handshake(int requestLineBytes, int headerLineBytes, int headerBytes, int headers) {
    return new Limits(
        maxMessageBytes,
        maxFragments,
        controlFramesPerSecond,
        controlFrameBurst,
        maxDrainBytes,
        requestLineBytes,
        headerLineBytes,
        headerBytes,
        headers,
        maxInflateRatio,
        maxIdleInflateWork);
  }

  /**
   * These limits with others for decompressing.
   *
   * @param ratio new {@link #maxInflateRatio()}
   * @param idleWork new {@link #maxIdleInflateWork()}
   */
  public Limits inflating(int ratio, int idleWork) {
    return new Limits(
        maxMessageBytes,
        maxFragments,
        controlFramesPerSecond,
        controlFrameBurst,
        maxDrainBytes,
        maxRequestLineBytes,
        maxHeaderLineBytes,
        maxHeaderBytes,
        maxHeaders,
        ratio,
        idleWork);
  }

  private static void positive(String name, int value) {
    if (value < 1) throw new IllegalArgumentException(name + " is " + value + ", the least is 1");
  }
}
