package dev.priz.protocol;

/**
 * The status codes of the closing handshake (RFC 6455 §7.4 and the IANA registry), as plain numbers
 * because applications may use all of 3000 to 4999.
 */
public final class CloseCode {
  /** The purpose of the connection has been fulfilled. */
  public static final int NORMAL = 1000;

  /** The endpoint goes away: a server shuts down, a page is left. */
  public static final int GOING_AWAY = 1001;

  /** The peer broke the protocol. */
  public static final int PROTOCOL_ERROR = 1002;

  /** The endpoint received a kind of data that it does not accept. */
  public static final int UNSUPPORTED_DATA = 1003;

  /** Never on the wire: the peer's Close frame carried no code. */
  public static final int NO_STATUS = 1005;

  /** Never on the wire: the connection was lost without a Close frame. */
  public static final int ABNORMAL = 1006;

  /** A message's content does not fit its type, such as text that is not UTF-8. */
  public static final int INVALID_PAYLOAD = 1007;

  /** The peer broke a policy of this endpoint. */
  public static final int POLICY_VIOLATION = 1008;

  /** A message is too big for this endpoint. */
  public static final int MESSAGE_TOO_BIG = 1009;

  /** A client missed an extension in the server's handshake. */
  public static final int MANDATORY_EXTENSION = 1010;

  /** The endpoint met an unexpected condition, such as a handler that throws. */
  public static final int INTERNAL_ERROR = 1011;

  /** The server restarts; clients may come back after a while. */
  public static final int SERVICE_RESTART = 1012;

  /** The server is overloaded; clients may come back later. */
  public static final int TRY_AGAIN_LATER = 1013;

  /** A gateway received an invalid answer from its upstream server. */
  public static final int BAD_GATEWAY = 1014;

  private CloseCode() {}

  /**
   * Whether a Close frame may carry this code: 1000 to 1003, 1007 to 1014, and 3000 to 4999.
   *
   * <p>RFC 6455 §7.4.1 keeps 1004 reserved and 1005, 1006 and 1015 off the wire; §7.4.2 leaves 1016
   * to 2999 to later versions of the protocol, so that today's endpoints reject them.
   *
   * @param code the status code
   * @return true if it may be sent, and accepted from a peer
   */
  public static boolean isAllowedOnWire(int code) {
    return (code >= NORMAL && code <= UNSUPPORTED_DATA)
        || (code >= INVALID_PAYLOAD && code <= BAD_GATEWAY)
        || (code >= 3000 && code <= 4999);
  }
}
