package dev.priz.protocol;

import java.time.Duration;

/**
 * How long this end waits for its peer. Start from {@link #DEFAULT} and change what differs.
 *
 * @param handshake from the accepted connection, on a client from the call of connect, to the end
 *     of the opening handshake; TLS, lookups, proxies and redirects included; 10 s
 * @param pingInterval silence after which a keep-alive Ping is sent, {@link Duration#ZERO} for
 *     never; 25 s, under the 60 s after which common proxies cut an idle connection
 * @param pongTimeout silence after that Ping which shows that the peer is gone; 20 s
 * @param message from the first byte of a message to its last, for messages received whole; 30 s
 * @param close from our Close frame to the peer's, and for a client to the end of the TCP
 *     connection; 5 s
 * @param linger how long the server, or an end that failed the connection, reads on so that its
 *     Close frame arrives; 1 s
 */
public record Timeouts(
    Duration handshake,
    Duration pingInterval,
    Duration pongTimeout,
    Duration message,
    Duration close,
    Duration linger) {
  private static final Duration LONGEST = Duration.ofDays(365);

  /** The time-outs that fit the open internet. */
  public static final Timeouts DEFAULT =
      new Timeouts(
          Duration.ofSeconds(10),
          Duration.ofSeconds(25),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofSeconds(5),
          Duration.ofSeconds(1));

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is negative, zero (but for the ping interval), or over
   *     a year
   */
  public Timeouts {
    positive("handshake", handshake);
    if (!pingInterval.isZero()) positive("pingInterval", pingInterval);
    positive("pongTimeout", pongTimeout);
    positive("message", message);
    positive("close", close);
    positive("linger", linger);
  }

  /** These time-outs with another {@link #handshake()}. */
  public Timeouts handshake(Duration newHandshake) {
    return new Timeouts(newHandshake, pingInterval, pongTimeout, message, close, linger);
  }

  /**
   * These time-outs with another keep-alive.
   *
   * @param newPingInterval new {@link #pingInterval()}, {@link Duration#ZERO} to switch keep-alive
   *     off
   * @param newPongTimeout new {@link #pongTimeout()}
   */
  public Timeouts keepAlive(Duration newPingInterval, Duration newPongTimeout) {
    return new Timeouts(handshake, newPingInterval, newPongTimeout, message, close, linger);
  }

  /** These time-outs with another {@link #message()}. */
  public Timeouts message(Duration newMessage) {
    return new Timeouts(handshake, pingInterval, pongTimeout, newMessage, close, linger);
  }

  /**
   * These time-outs with others for the end of the connection.
   *
   * @param newClose new {@link #close()}
   * @param newLinger new {@link #linger()}
   */
  public Timeouts closing(Duration newClose, Duration newLinger) {
    return new Timeouts(handshake, pingInterval, pongTimeout, message, newClose, newLinger);
  }

  private static void positive(String name, Duration value) {
    if (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(name + " is " + value + ", allowed is up to " + LONGEST);
    }
  }
}
