package dev.priz.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of the opening handshake (RFC 6455 §4.1): makes the request and judges the
 * response.
 */
public final class ClientHandshake {
  private final WebSocketUri uri;
  private final List<String> subprotocols;
  private final Headers extra;
  private final @Nullable DeflateOptions deflate;
  private final String key;

  /**
   * A handshake for one connection.
   *
   * @param subprotocols offered, in order of preference
   * @param extra further header fields
   * @param deflate how this end compresses, or null if it does not
   * @param nonce 16 bytes of fresh randomness; not kept
   * @throws IllegalArgumentException if a subprotocol is not a token or stands twice, or a further
   *     field is one of the handshake's own
   */
  public ClientHandshake(
      WebSocketUri uri,
      List<String> subprotocols,
      Headers extra,
      @Nullable DeflateOptions deflate,
      byte[] nonce) {
    for (String subprotocol : subprotocols) {
      if (!Token.isToken(subprotocol)) {
        throw new IllegalArgumentException(
            "subprotocol \"" + Token.printable(subprotocol) + "\" is not a token");
      }
    }
    if (Set.copyOf(subprotocols).size() != subprotocols.size()) {
      throw new IllegalArgumentException("subprotocols " + subprotocols + " are not distinct");
    }
    HandshakeHeaders.checkExtra(extra);
    this.uri = uri;
    this.subprotocols = List.copyOf(subprotocols);
    this.extra = extra;
    this.deflate = deflate;
    key = HandshakeKey.of(nonce);
  }

  /** The request to send. */
  public Request request() {
    Headers headers =
        Headers.of(
            "Host", uri.hostHeader(),
            "Upgrade", "websocket",
            "Connection", "Upgrade",
            "Sec-WebSocket-Key", key,
            "Sec-WebSocket-Version", "13");
    if (!subprotocols.isEmpty()) {
      headers = headers.with("Sec-WebSocket-Protocol", String.join(", ", subprotocols));
    }
    if (deflate != null)
      headers = headers.with(HandshakeHeaders.EXTENSIONS, DeflateAgreement.offer(deflate));
    return new Request("GET", uri.target(), "HTTP/1.1", headers.with(extra));
  }

  /**
   * Judges the response.
   *
   * @param version such as {@code HTTP/1.1}
   * @return null if the connection is open, or why the client must fail it
   */
  public @Nullable String refusal(int status, String version, Headers headers) {
    if (status != 101) return "status is " + status + ", expected 101";
    if (!version.equals("HTTP/1.1"))
      return "response is " + Token.printable(version) + ", expected HTTP/1.1";
    if (!headers.hasToken("Upgrade", "websocket")) return "Upgrade: websocket is missing";
    if (!headers.hasToken("Connection", "Upgrade")) return "Connection: Upgrade is missing";
    List<String> accepts = headers.all("Sec-WebSocket-Accept");
    if (accepts.size() != 1 || !isAnswer(accepts.get(0).strip())) {
      return "Sec-WebSocket-Accept does not answer the key";
    }
    String badExtensions = extensionsRefusal(headers);
    if (badExtensions != null) return badExtensions;
    List<String> chosen = headers.all("Sec-WebSocket-Protocol");
    if (chosen.isEmpty()) return null;
    if (chosen.size() == 1 && subprotocols.contains(chosen.get(0).strip())) return null;
    return "the server chose a subprotocol that was not offered";
  }

  /** How both sides will compress after an accepted response, or null if they will not. */
  public @Nullable DeflateAgreement deflate(Headers headers) {
    List<Extension> extensions = Extension.parse(headers.all(HandshakeHeaders.EXTENSIONS));
    if (deflate == null || extensions == null || extensions.isEmpty()) return null;
    return DeflateAgreement.agreed(extensions.get(0), deflate);
  }

  /** The subprotocol that an accepted response chose, or null. */
  public static @Nullable String subprotocol(Headers headers) {
    String chosen = headers.first("Sec-WebSocket-Protocol");
    return chosen == null ? null : chosen.strip();
  }

  private @Nullable String extensionsRefusal(Headers headers) {
    List<Extension> extensions = Extension.parse(headers.all(HandshakeHeaders.EXTENSIONS));
    if (extensions == null) return "Sec-WebSocket-Extensions is malformed";
    if (extensions.isEmpty()) return null;
    boolean deflates = extensions.get(0).name().equals(DeflateParameters.NAME);
    if (extensions.size() > 1 || deflate == null || !deflates) {
      return "the server chose an extension that was not offered";
    }
    // RFC 7692 §5.1: a client fails the connection over what it did not offer.
    return DeflateAgreement.agreed(extensions.get(0), deflate) == null
        ? "the server's permessage-deflate does not answer the offer"
        : null;
  }

  // In constant time, as everything that proves knowledge.
  private boolean isAnswer(String accept) {
    byte[] expected = HandshakeKey.accept(key).getBytes(ISO_8859_1);
    return MessageDigest.isEqual(expected, accept.getBytes(ISO_8859_1));
  }
}
