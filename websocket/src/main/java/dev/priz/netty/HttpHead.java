package dev.priz.netty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.priz.protocol.Headers;
import dev.priz.protocol.Limits;
import dev.priz.protocol.Request;
import dev.priz.protocol.Response;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests and responses between Netty's decoders, the protocol's own values, and the wire. */
final class HttpHead {
  private HttpHead() {}

  /** What answers a head that Netty could not read, or that is over a limit; null for others. */
  static @Nullable Response refusal(HttpRequest head, Limits limits) {
    Throwable problem = head.decoderResult().cause();
    if (problem instanceof TooLongHttpLineException) {
      return Response.text(414, "the request line is too long");
    }
    if (problem instanceof TooLongFrameException || isOver(limits, head.headers())) {
      return Response.text(431, "the request has too many or too long headers");
    }
    if (problem != null) return Response.text(400, "the request is malformed");
    if (head.protocolVersion().majorVersion() == 1) return null;
    return Response.text(505, "this server speaks HTTP/1.1");
  }

  /** Whether there are more header fields than there may be, or one is longer than it may be. */
  static boolean isOver(Limits limits, HttpHeaders headers) {
    if (headers.size() > limits.maxHeaders()) return true;
    Iterator<Map.Entry<CharSequence, CharSequence>> fields = headers.iteratorCharSequence();
    while (fields.hasNext()) {
      Map.Entry<CharSequence, CharSequence> field = fields.next();
      int bytes = field.getKey().length() + ": ".length() + field.getValue().length();
      if (bytes > limits.maxHeaderLineBytes()) return true;
    }
    return false;
  }

  /** The head that Netty has read, or null if a header field is malformed. */
  static @Nullable Request request(HttpRequest request) {
    Headers headers = headers(request.headers());
    if (headers == null) return null;
    String version = request.protocolVersion().text();
    return new Request(request.method().name(), request.uri(), version, headers);
  }

  /** Header fields that Netty has read, or null if one is malformed. */
  static @Nullable Headers headers(HttpHeaders headers) {
    List<String> fields = new ArrayList<>(2 * headers.size());
    Iterator<Map.Entry<String, String>> entries = headers.iteratorAsString();
    while (entries.hasNext()) {
      Map.Entry<String, String> field = entries.next();
      fields.add(field.getKey());
      fields.add(field.getValue());
    }
    return Headers.received(fields);
  }

  /** The bytes of a request without a body. */
  static ByteBuf encode(Request request, ByteBufAllocator allocator) {
    var head = new StringBuilder(256);
    head.append(request.method()).append(' ').append(request.target()).append(' ');
    head.append(request.version()).append("\r\n");
    append(head, request.headers());
    return bytes(head, new byte[0], allocator);
  }

  /**
   * The bytes of a response.
   *
   * @param close whether the TCP connection ends after it
   * @param withBody false to leave the body out, as for HEAD, though its length is told
   */
  static ByteBuf encode(
      Response response, boolean close, boolean withBody, ByteBufAllocator allocator) {
    var head = new StringBuilder(256);
    String phrase = HttpResponseStatus.valueOf(response.status()).reasonPhrase();
    head.append("HTTP/1.1 ").append(response.status()).append(' ').append(phrase).append("\r\n");
    boolean hasBody = hasBody(response.status());
    if (hasBody) {
      head.append("Content-Length: ").append(response.body().length).append("\r\n");
    }
    if (close) head.append("Connection: close\r\n");
    append(head, response.headers());
    return bytes(head, hasBody && withBody ? response.body() : new byte[0], allocator);
  }

  // RFC 9110 §6.4.1: "All 1xx (Informational), 204 (No Content), and 304 (Not Modified) responses
  // do not include content"
  private static boolean hasBody(int status) {
    return status >= 200 && status != 204 && status != 304;
  }

  // How long the body is, is for us alone to say.
  private static void append(StringBuilder head, Headers headers) {
    headers.forEach((name, value) -> {
      if (name.equalsIgnoreCase("Content-Length") || name.equalsIgnoreCase("Transfer-Encoding")) {
        return;
      }
      head.append(name).append(": ").append(value).append("\r\n");
    });
    head.append("\r\n");
  }

  private static ByteBuf bytes(StringBuilder head, byte[] body, ByteBufAllocator allocator) {
    ByteBuf bytes = allocator.directBuffer(head.length() + body.length);
    bytes.writeCharSequence(head, ISO_8859_1);
    return bytes.writeBytes(body);
  }
}
