package dev.priz;

import dev.priz.protocol.Request;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a connection came to be.
 *
 * @param request that opened it
 * @param pathParameters what the server's route names, empty on a client
 * @param subprotocol that both sides agreed on, or null
 * @param attachment of the server's handshake hook, or null
 * @param secure whether it is {@code wss://}
 */
record Opening(
    Request request,
    Map<String, String> pathParameters,
    @Nullable String subprotocol,
    @Nullable Object attachment,
    boolean secure) {

  /**
   * A path parameter.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  String pathParameter(String name) {
    String value = pathParameters.get(name);
    if (value != null) return value;
    throw new IllegalArgumentException(
        "no path parameter " + name + ", the route has " + pathParameters.keySet());
  }
}
