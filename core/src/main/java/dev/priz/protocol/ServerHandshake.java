package dev.priz.protocol;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of the opening handshake (RFC 6455 §4.2), decided on a parsed request.
 *
 * <p>{@link #examine} says whether the request is a proper handshake; then the application has its
 * say; then {@link #accept} makes the 101.
 */
public final class ServerHandshake {
  // More than anyone needs, and few enough to keep while the application makes up its mind.
  private static final int MAX_SUBPROTOCOLS = 100;

  private final String key;
  private final List<String> subprotocols;
  private final DeflateAgreement.@Nullable Accepted deflate;

  private ServerHandshake(
      String key, List<String> subprotocols, DeflateAgreement.@Nullable Accepted deflate) {
    this.key = key;
    this.subprotocols = subprotocols;
    this.deflate = deflate;
  }

  /** What {@link #examine} finds. */
  public sealed interface Finding {
    /**
     * The request is a proper handshake.
     *
     * @param handshake goes on with it
     */
    record Proper(ServerHandshake handshake) implements Finding {}

    /**
     * The request must be refused, and the TCP connection closed.
     *
     * @param response says why
     */
    record Refused(Response response) implements Finding {}
  }

  /**
   * Examines a request.
   *
   * @param origins which web pages may connect
   * @param secure whether the request came over TLS
   * @param deflate how this end compresses, or null if it does not
   */
  public static Finding examine(
      Request request, OriginPolicy origins, boolean secure, @Nullable DeflateOptions deflate) {
    Response refusal = refusal(request);
    if (refusal != null) return new Finding.Refused(refusal);
    List<Extension> extensions =
        Extension.parse(request.headers().all(HandshakeHeaders.EXTENSIONS));
    if (extensions == null) {
      return new Finding.Refused(badRequest("Sec-WebSocket-Extensions is malformed"));
    }
    List<String> subprotocols = offeredSubprotocols(request.headers());
    if (subprotocols == null) {
      return new Finding.Refused(
          badRequest("Sec-WebSocket-Protocol is not a list of at most 100 distinct tokens"));
    }
    String foreign = origins.refusal(request, secure);
    if (foreign != null) return new Finding.Refused(Response.text(403, foreign));
    String key = request.headers().first("Sec-WebSocket-Key");
    assert key != null : "checked above";
    var accepted = deflate == null ? null : DeflateAgreement.accept(extensions, deflate);
    return new Finding.Proper(new ServerHandshake(key.strip(), subprotocols, accepted));
  }

  /** The subprotocols that the client offers, in its order of preference. */
  public List<String> subprotocols() {
    return subprotocols;
  }

  /**
   * The first of the server's subprotocols that the client offers, or null, which leaves the
   * connection without one (RFC 6455 §4.2.2).
   *
   * @param supported in the server's order of preference
   */
  public @Nullable String choose(List<String> supported) {
    for (String candidate : supported) {
      if (subprotocols.contains(candidate)) return candidate;
    }
    return null;
  }

  /** How both sides will compress, or null if they will not. */
  public @Nullable DeflateAgreement deflate() {
    return deflate == null ? null : deflate.agreement();
  }

  /**
   * The response that opens the connection.
   *
   * @param subprotocol the chosen one, or null
   * @param extra further header fields
   * @throws IllegalArgumentException if the client did not offer the subprotocol, or a further
   *     field is one of the handshake's own
   */
  public Response accept(@Nullable String subprotocol, Headers extra) {
    if (subprotocol != null && !subprotocols.contains(subprotocol)) {
      throw new IllegalArgumentException(
          "subprotocol is \""
              + Token.printable(subprotocol)
              + "\", the client offered "
              + Token.printable(subprotocols.toString()));
    }
    HandshakeHeaders.checkExtra(extra);
    Headers own =
        Headers.of(
            "Upgrade", "websocket",
            "Connection", "Upgrade",
            "Sec-WebSocket-Accept", HandshakeKey.accept(key));
    if (subprotocol != null) own = own.with("Sec-WebSocket-Protocol", subprotocol);
    if (deflate != null) own = own.with(HandshakeHeaders.EXTENSIONS, deflate.response());
    return new Response(101, own.with(extra), new byte[0]);
  }

  private static @Nullable Response refusal(Request request) {
    Headers headers = request.headers();
    if (!request.method().equals("GET")) {
      return Response.text(405, "a WebSocket handshake is a GET").header("Allow", "GET");
    }
    if (!request.version().equals("HTTP/1.1")) {
      return badRequest(
          "a WebSocket handshake needs HTTP/1.1, this is "
              + Token.printable(request.version())
              + "; behind nginx, set proxy_http_version 1.1");
    }
    if (!HandshakeHeaders.hasProperHost(headers)) {
      return badRequest("one proper Host header is needed");
    }
    Response refusal = targetRefusal(request);
    if (refusal == null) refusal = upgradeRefusal(headers);
    if (refusal == null) refusal = keyRefusal(headers);
    return refusal != null ? refusal : contentRefusal(headers);
  }

  private static @Nullable Response targetRefusal(Request request) {
    if (request.target().contains("#")) return badRequest("the request target has a fragment");
    if (request.pathSegments() == null) return badRequest("the request target is malformed");
    String authority = request.authority();
    // RFC 9112 §3.2: "a Host field value that is identical to that authority component"
    if (authority == null || authority.equalsIgnoreCase(request.headers().first("Host"))) {
      return null;
    }
    return badRequest("the request target and the Host header name different hosts");
  }

  private static @Nullable Response upgradeRefusal(Headers headers) {
    if (!headers.hasToken("Upgrade", "websocket")) {
      return upgradeRequired("this is a WebSocket endpoint");
    }
    if (!headers.hasToken("Connection", "Upgrade")) {
      return badRequest(
          "the Connection header lacks Upgrade;"
              + " behind nginx, set proxy_set_header Connection \"upgrade\"");
    }
    List<String> versions = headers.all("Sec-WebSocket-Version");
    if (versions.size() != 1 || !versions.get(0).strip().equals("13")) {
      // RFC 6455 §4.2.2: "an appropriate HTTP error code (such as 426 Upgrade Required)"
      return upgradeRequired("Sec-WebSocket-Version must be 13")
          .header("Sec-WebSocket-Version", "13");
    }
    return null;
  }

  private static @Nullable Response keyRefusal(Headers headers) {
    List<String> keys = headers.all("Sec-WebSocket-Key");
    if (keys.size() != 1 || !HandshakeKey.isValid(keys.get(0).strip())) {
      return badRequest("Sec-WebSocket-Key must be 16 bytes in base64, once");
    }
    return null;
  }

  private static @Nullable Response contentRefusal(Headers headers) {
    List<String> lengths = headers.all("Content-Length");
    boolean empty = lengths.isEmpty() || lengths.equals(List.of("0"));
    if (!empty || headers.has("Transfer-Encoding")) {
      return badRequest("a WebSocket handshake has no body");
    }
    return null;
  }

  private static @Nullable List<String> offeredSubprotocols(Headers headers) {
    Set<String> offered = new LinkedHashSet<>();
    for (String value : headers.all("Sec-WebSocket-Protocol")) {
      for (String element : value.split(",", -1)) {
        String token = element.strip();
        if (!Token.isToken(token) || offered.size() == MAX_SUBPROTOCOLS) return null;
        // RFC 6455 §4.1: "MUST all be unique strings"
        if (!offered.add(token)) return null;
      }
    }
    return List.copyOf(offered);
  }

  // RFC 9110 §7.8: "A sender of Upgrade MUST also send an "Upgrade" connection option"
  private static Response upgradeRequired(String why) {
    return Response.text(426, why).header("Upgrade", "websocket").header("Connection", "Upgrade");
  }

  private static Response badRequest(String why) {
    return Response.text(400, why);
  }
}
