package dev.priz;

import org.jspecify.annotations.Nullable;

/**
 * The peer sent a message that the {@link Codec} of this end does not take, so that the connection
 * is being closed: with code 1003 if its kind is not accepted, else with 1007 (RFC 6455 §7.4.1).
 * The cause is what the codec threw, if it did; the peer is not told.
 */
public final class DecodingException extends WebSocketException {
  private static final long serialVersionUID = 1L;

  DecodingException(String message, @Nullable Throwable cause) {
    super(message);
    initCause(cause);
  }
}
