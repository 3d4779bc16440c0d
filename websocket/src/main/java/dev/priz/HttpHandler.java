package dev.priz;

import dev.priz.protocol.Request;
import dev.priz.protocol.Response;
import org.jspecify.annotations.Nullable;

/** Answers the plain HTTP requests that come to a server's port: a health check, a page. */
@FunctionalInterface
public interface HttpHandler {
  /**
   * Answers one request, on a virtual thread.
   *
   * @param body the request's body, at most 64 KiB
   * @return the response, or null for 404
   * @throws Exception anything, which is logged and answered with 500
   */
  @Nullable Response handle(Request request, byte[] body) throws Exception;
}
