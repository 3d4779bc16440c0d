package dev.priz;

/**
 * Something about a WebSocket could not be done; the message says what and, where there is one, the
 * remedy. The kinds that a program may want to tell apart have classes of their own.
 */
public class WebSocketException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An exception with its message. */
  public WebSocketException(String message) {
    super(message);
  }

  /** An exception for whoever waits for a result: where it is made says nothing to them. */
  WebSocketException(String message, boolean withStackTrace) {
    super(message, null, true, withStackTrace);
  }

  /** An exception with its message and what caused it. */
  public WebSocketException(String message, Throwable cause) {
    super(message, cause);
  }
}
