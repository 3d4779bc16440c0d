package dev.priz.protocol;

/**
 * How much a peer may make this end hold or do. Start from {@link #DEFAULT} and change what
 * differs:
 *
 * {@snippet class="dev.priz.protocol.LimitsExample" region="change"}
 *
 * @param maxMessageBytes size of a message, and so of a frame, that is received whole; 1 MiB
 * @param maxFragments data frames of one message; 1,024
 * @param controlFramesPerSecond Pings and Pongs a second on average; 50
 * @param controlFrameBurst Pings and Pongs at once; 100
 * @param maxDrainBytes bytes read and dropped after the end of the closing handshake; 64 KiB
 * @param maxRequestLineBytes the first line of the HTTP request or response; 8 KiB
 * @param maxHeaderBytes all header lines together; 16 KiB
 * @param maxHeaders number of header lines; 100
 */
public record Limits(
    int maxMessageBytes,
    int maxFragments,
    int controlFramesPerSecond,
    int controlFrameBurst,
    int maxDrainBytes,
    int maxRequestLineBytes,
    int maxHeaderBytes,
    int maxHeaders) {

  /** The limits that protect a server on the open internet. */
  public static final Limits DEFAULT =
      new Limits(1 << 20, 1_024, 50, 100, 64 * 1024, 8 * 1024, 16 * 1024, 100);

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
    positive("maxHeaderBytes", maxHeaderBytes);
    positive("maxHeaders", maxHeaders);
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
        maxHeaderBytes,
        maxHeaders);
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
        maxHeaderBytes,
        maxHeaders);
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
        maxHeaderBytes,
        maxHeaders);
  }

  /**
   * These limits with others for the HTTP part of the handshake.
   *
   * @param requestLineBytes new {@link #maxRequestLineBytes()}
   * @param headerBytes new {@link #maxHeaderBytes()}
   * @param headers new {@link #maxHeaders()}
   */
  public Limits handshake(int requestLineBytes, int headerBytes, int headers) {
    return new Limits(
        maxMessageBytes,
        maxFragments,
        controlFramesPerSecond,
        controlFrameBurst,
        maxDrainBytes,
        requestLineBytes,
        headerBytes,
        headers);
  }

  private static void positive(String name, int value) {
    if (value < 1) throw new IllegalArgumentException(name + " is " + value + ", the least is 1");
  }
}
