package dev.priz.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * An HTTP response.
 *
 * @param status such as 101 or 403
 * @param headers its header fields; the length of the body is added when it is sent
 * @param body its content, possibly empty; not copied
 */
public record Response(int status, Headers headers, byte[] body) {
  private static final byte[] NO_BODY = {};

  /**
   * Checks the status.
   *
   * @throws IllegalArgumentException if it is not between 100 and 599
   */
  public Response {
    if (status < 100 || status > 599) {
      throw new IllegalArgumentException("status is " + status + ", allowed are 100 to 599");
    }
  }

  /** A response without a body. */
  public static Response of(int status) {
    return new Response(status, Headers.EMPTY, NO_BODY);
  }

  /** A response with plain text in UTF-8. */
  public static Response text(int status, String text) {
    return of(status, "text/plain; charset=utf-8", text.getBytes(UTF_8));
  }

  /** A response with a body of some media type. */
  public static Response of(int status, String contentType, byte[] body) {
    return new Response(status, Headers.of("Content-Type", contentType), body);
  }

  /**
   * This response with one more header field.
   *
   * @throws IllegalArgumentException as {@link Headers#of(String...)}
   */
  public Response header(String name, String value) {
    return new Response(status, headers.with(name, value), body);
  }

  @Override
  public String toString() {
    return "Response[" + status + ", " + headers + ", " + body.length + " bytes]";
  }
}
