package dev.priz;

import dev.priz.protocol.Request;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client that asks to open a connection, for a server's {@linkplain
 * WebSocketServerBuilder#handshake hook} to decide on. The request has been found to be a proper
 * handshake from an allowed origin for an existing route.
 *
 * @param request the HTTP request: path, query and header fields
 * @param pathParameters the parts of the path that the route names, decoded
 * @param subprotocols offered by the client, in its order of preference
 * @param remoteAddress where the client, or the last proxy, connects from; null if it has left
 * @param secure whether it connects over TLS
 */
public record Handshake(
    Request request,
    Map<String, String> pathParameters,
    List<String> subprotocols,
    @Nullable SocketAddress remoteAddress,
    boolean secure) {}
