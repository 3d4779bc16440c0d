package dev.priz.protocol;

/**
 * What one end wants of {@code permessage-deflate} (RFC 7692): how it compresses what it sends, and
 * what it lets the peer use for what it receives. Both are wishes: the peer may have less used than
 * this, never more. Immutable.
 *
 * @param sendTakeover whether a message may refer to those sent before it, which compresses similar
 *     messages better and holds memory for as long as the connection lives
 * @param sendWindowBits how far back: the base-2 logarithm of the window in bytes, 8 to 15
 * @param receiveTakeover whether the peer's messages may refer to those before; this end then holds
 *     the peer's window for as long as the connection lives
 * @param receiveWindowBits the peer's greatest window, 8 to 15
 */
record DeflateOptions(
    boolean sendTakeover, int sendWindowBits, boolean receiveTakeover, int receiveWindowBits) {
  /** Messages stand alone, so that an idle connection holds nothing; the greatest window. */
  static final DeflateOptions DEFAULT = new DeflateOptions(false, 15, false, 15);

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if window bits are not 8 to 15
   */
  DeflateOptions {
    check("send", sendWindowBits);
    check("receive", receiveWindowBits);
  }

  /** These options with another choice for what is sent. */
  DeflateOptions send(boolean takeover, int windowBits) {
    return new DeflateOptions(takeover, windowBits, receiveTakeover, receiveWindowBits);
  }

  /** These options with another choice for what is received. */
  DeflateOptions receive(boolean takeover, int windowBits) {
    return new DeflateOptions(sendTakeover, sendWindowBits, takeover, windowBits);
  }

  private static void check(String direction, int bits) {
    if (bits < DeflateParameters.MIN_BITS || bits > DeflateParameters.MAX_BITS) {
      throw new IllegalArgumentException(
          direction + " window bits are " + bits + ", the limits are 8 and 15");
    }
  }
}
