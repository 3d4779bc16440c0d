package dev.priz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.priz.protocol.Headers;
import dev.priz.protocol.Response;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The server answered the opening handshake, but did not open the connection (RFC 6455 §4.1). */
public final class HandshakeRefusedException extends WebSocketException {
  private static final long serialVersionUID = 1L;

  private final transient Response response;
  private final @Nullable Duration retryAfter;

  HandshakeRefusedException(String message, Response response, Throwable cause) {
    super(message, cause);
    this.response = response;
    retryAfter = RetryAfter.of(response.headers(), Instant.now());
  }

  /** The HTTP status, such as 401 or 503; 101 if the response was malformed otherwise. */
  public int status() {
    return response.status();
  }

  /** The response's header fields. */
  public Headers headers() {
    return response.headers();
  }

  /** The first 8 KiB of the response's body. */
  public byte[] body() {
    return response.body();
  }

  /** The first 8 KiB of the response's body, read as UTF-8. */
  public String bodyText() {
    return new String(response.body(), UTF_8);
  }

  /**
   * How long the server asks to wait before the next attempt, by {@code Retry-After} in seconds or
   * as a date; counted from when this was thrown.
   *
   * @return between zero and five minutes, whatever the server asks for; null if it does not ask,
   *     or asks for what is neither a date nor a number from zero on
   */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
