package dev.priz;

/** A server refused something about a topic, or ended it. */
public final class TopicException extends WebSocketException {
  private static final long serialVersionUID = 1L;

  /** The server ended what it had allowed, or the client failed for good. */
  public static final int ENDED = 0;

  /** The request was none. */
  public static final int MALFORMED = 4000;

  /** The server's rules do not allow it. */
  public static final int NOT_ALLOWED = 4003;

  /** The topic's name is none. */
  public static final int BAD_NAME = 4009;

  /** The payload, a key or the value of the presence is too big. */
  public static final int TOO_BIG = 4013;

  /** There are as many subscriptions or topics as there may be. */
  public static final int TOO_MANY = 4029;

  /** The server does not keep up; the client tries again by itself. */
  static final int OVERLOADED = 4030;

  /** The server is stopping, or its broker away; the client tries again by itself. */
  static final int UNAVAILABLE = 4503;

  /** It is not known whether something was published; the client publishes it again. */
  static final int OUTCOME_UNKNOWN = 4504;

  private final int code;

  TopicException(int code, String message) {
    super(message, false);
    this.code = code;
  }

  /** What kind of refusal it is: one of the constants here, or another number of a newer server. */
  public int code() {
    return code;
  }
}
