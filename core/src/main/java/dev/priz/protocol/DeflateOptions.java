package dev.priz.protocol;

import dev.priz.protocol.deflate.DeflateLevel;

/**
 * What one end wants of {@code permessage-deflate} (RFC 7692): how it compresses what it sends, and
 * what it lets the peer use for what it receives. Both are wishes: the peer may have less used than
 * this, never more. Start from {@link #SHARED} or {@link #DEDICATED} and change what differs:
 *
 * {@snippet class="dev.priz.protocol.DeflateOptionsExample" region="change"}
 *
 * @param sendTakeover whether a message may refer to those sent before it, which compresses similar
 *     messages better and holds memory for as long as the connection lives: about four times the
 *     window, 94 KiB at most
 * @param sendWindowBits how far back: the base-2 logarithm of the window in bytes, 8 to 15
 * @param receiveTakeover whether the peer's messages may refer to those before; this end then holds
 *     the peer's window for as long as the connection lives
 * @param receiveWindowBits the peer's greatest window, 8 to 15
 * @param level how much time compression may take
 * @param thresholdBytes the shortest message that is compressed; those sent in fragments are
 *     compressed whatever their length
 */
public record DeflateOptions(
    boolean sendTakeover,
    int sendWindowBits,
    boolean receiveTakeover,
    int receiveWindowBits,
    DeflateLevel level,
    int thresholdBytes) {
  /**
   * All connections of an event loop share its memory: messages stand alone, so that an idle
   * connection holds nothing. The greatest window, {@link DeflateLevel#BALANCED}, from 128 bytes
   * on.
   */
  public static final DeflateOptions SHARED =
      new DeflateOptions(false, 15, false, 15, DeflateLevel.BALANCED, 128);

  /**
   * Each connection has memory of its own, about 20 KiB: messages refer to those before, in both
   * directions, within 4 KiB. {@link DeflateLevel#BALANCED}, from 32 bytes on.
   */
  public static final DeflateOptions DEDICATED =
      new DeflateOptions(true, 12, true, 12, DeflateLevel.BALANCED, 32);

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if window bits are not 8 to 15, or the threshold is negative
   */
  public DeflateOptions {
    check("send", sendWindowBits);
    check("receive", receiveWindowBits);
    if (thresholdBytes < 0) {
      throw new IllegalArgumentException(
          "thresholdBytes is " + thresholdBytes + ", the least is 0");
    }
  }

  /** These options with another choice for what is sent. */
  public DeflateOptions send(boolean takeover, int windowBits) {
    return new DeflateOptions(
        takeover, windowBits, receiveTakeover, receiveWindowBits, level, thresholdBytes);
  }

  /** These options with another choice for what is received. */
  public DeflateOptions receive(boolean takeover, int windowBits) {
    return new DeflateOptions(
        sendTakeover, sendWindowBits, takeover, windowBits, level, thresholdBytes);
  }

  /** These options with another {@link #level()}. */
  public DeflateOptions level(DeflateLevel newLevel) {
    return new DeflateOptions(
        sendTakeover, sendWindowBits, receiveTakeover, receiveWindowBits, newLevel, thresholdBytes);
  }

  /** These options with another {@link #thresholdBytes()}. */
  public DeflateOptions thresholdBytes(int bytes) {
    return new DeflateOptions(
        sendTakeover, sendWindowBits, receiveTakeover, receiveWindowBits, level, bytes);
  }

  private static void check(String direction, int bits) {
    if (bits < DeflateParameters.MIN_BITS || bits > DeflateParameters.MAX_BITS) {
      throw new IllegalArgumentException(
          direction + " window bits are " + bits + ", the limits are 8 and 15");
    }
  }
}
