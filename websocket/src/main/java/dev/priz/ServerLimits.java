package dev.priz;

import dev.priz.netty.Admission;
import dev.priz.netty.Budget;
import dev.priz.netty.Descriptors;

/**
 * How much all clients of a server together, and those of one address, may make it hold. Start from
 * {@link #DEFAULT} and change what differs:
 *
 * {@snippet class="dev.priz.docs.OperationsExample" region="limits"}
 *
 * <p>What a single connection may do is said by {@link ConnectionOptions}. An address is an IPv4
 * address or the first 64 bits of an IPv6 address, which is what one client may have to itself; for
 * clients behind a {@linkplain TrustedProxies trusted proxy} it is the one that the proxy tells.
 *
 * @param maxConnections open TCP connections, with or without a WebSocket on it; further ones are
 *     answered with 503, and closed at once from an eighth and 16 more on; {@link #BY_DESCRIPTORS}
 *     unless set
 * @param maxConnectionsPerAddress open TCP connections of one address, further ones get 429, or are
 *     closed at once if there are more than 100 of them a second, or if it is with TLS, but not
 *     those of a trusted proxy; {@link #UNLIMITED} unless set
 * @param handshakesPerSecond new connections of one address on average, further ones as above;
 *     {@link #UNLIMITED} unless set
 * @param handshakeBurst new connections of one address at once; 100
 * @param maxInboundBytes what has been received for all connections together and not been handed
 *     over: parts of messages, messages that nobody takes, and what is kept of them for compressed
 *     messages that refer to it. Beyond it, new clients get 503, and a message that would grow ends
 *     its connection with code 1013; {@link #BY_HEAP} unless set
 */
public record ServerLimits(
    int maxConnections,
    int maxConnectionsPerAddress,
    int handshakesPerSecond,
    int handshakeBurst,
    long maxInboundBytes) {

  /** No limit. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  /**
   * A {@link #maxConnections} of 80 % of the file descriptors that the process may still open when
   * the server starts, but for 32; unlimited where the operating system does not tell.
   */
  public static final int BY_DESCRIPTORS = 0;

  /** A {@link #maxInboundBytes} of a quarter of the largest heap. */
  public static final long BY_HEAP = 0;

  // For those who are answered that they are too many, and for what the process opens itself.
  private static final int RESERVED_DESCRIPTORS = 32;

  /** What protects a server on the open internet. */
  public static final ServerLimits DEFAULT =
      new ServerLimits(BY_DESCRIPTORS, UNLIMITED, UNLIMITED, 100, BY_HEAP);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is negative, or zero where that has no meaning
   */
  public ServerLimits {
    atLeast("maxConnections", maxConnections, BY_DESCRIPTORS);
    atLeast("maxConnectionsPerAddress", maxConnectionsPerAddress, 1);
    atLeast("handshakesPerSecond", handshakesPerSecond, 1);
    atLeast("handshakeBurst", handshakeBurst, 1);
    atLeast("maxInboundBytes", maxInboundBytes, BY_HEAP);
  }

  /** These limits with another {@link #maxConnections()}. */
  public ServerLimits maxConnections(int connections) {
    return new ServerLimits(
        connections,
        maxConnectionsPerAddress,
        handshakesPerSecond,
        handshakeBurst,
        maxInboundBytes);
  }

  /** These limits with another {@link #maxConnectionsPerAddress()}. */
  public ServerLimits maxConnectionsPerAddress(int connections) {
    return new ServerLimits(
        maxConnections, connections, handshakesPerSecond, handshakeBurst, maxInboundBytes);
  }

  /**
   * These limits with another rate of new connections of one address.
   *
   * @param perSecond new {@link #handshakesPerSecond()}
   * @param burst new {@link #handshakeBurst()}
   */
  public ServerLimits handshakesPerAddress(int perSecond, int burst) {
    return new ServerLimits(
        maxConnections, maxConnectionsPerAddress, perSecond, burst, maxInboundBytes);
  }

  /** These limits with another {@link #maxInboundBytes()}. */
  public ServerLimits maxInboundBytes(long bytes) {
    return new ServerLimits(
        maxConnections, maxConnectionsPerAddress, handshakesPerSecond, handshakeBurst, bytes);
  }

  /** Who is let in, for a server that starts now. */
  Admission admission() {
    long byDescriptors = (Descriptors.free() - RESERVED_DESCRIPTORS) * 4L / 5;
    int most = maxConnections == BY_DESCRIPTORS ? (int) byDescriptors : maxConnections;
    return new Admission(
        Math.max(1, most), maxConnectionsPerAddress, handshakesPerSecond, handshakeBurst);
  }

  /** What all connections may hold, for a server that starts now. */
  Budget budget() {
    return new Budget(
        maxInboundBytes == BY_HEAP ? Runtime.getRuntime().maxMemory() / 4 : maxInboundBytes);
  }

  private static void atLeast(String name, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(name + " is " + value + ", the least is " + least);
    }
  }
}
