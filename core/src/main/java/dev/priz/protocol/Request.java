package dev.priz.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The head of an HTTP request.
 *
 * @param method such as {@code GET}
 * @param target path and query as they were sent, such as {@code /chat?name=Ada}
 * @param version such as {@code HTTP/1.1}
 * @param headers its header fields
 */
public record Request(String method, String target, String version, Headers headers) {
  // RFC 9112 §3.2.2: "a server MUST accept the absolute-form in requests"
  private static final Pattern ABSOLUTE_FORM =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*+://([^/?]*+)");

  /**
   * The path of the target: from the first slash to the query. Percent-encoded where it must be and
   * nowhere else, however it was sent, so that equal {@linkplain #pathSegments segments} have equal
   * paths: {@code /admin} for {@code /%61dmin} too.
   */
  public String path() {
    Matcher absolute = absoluteForm();
    int from = absolute == null ? 0 : absolute.end();
    int query = target.indexOf('?', from);
    String path = target.substring(from, query < 0 ? target.length() : query);
    return path.isEmpty() ? "/" : PercentEncoding.normalize(path);
  }

  /**
   * The parts of the path between slashes, each decoded as UTF-8: {@code chat} and {@code a/b} for
   * {@code /chat/a%2Fb}. A plus sign stays one. The last is empty where the path ends in a slash.
   *
   * @return null, and then the request deserves a 400, if the path does not begin with a slash, is
   *     not properly encoded, or holds, decoded, a control character or the steps {@code .} and
   *     {@code ..} of a file path
   */
  public @Nullable List<String> pathSegments() {
    if (!target.startsWith("/") && authority() == null) return null;
    List<String> segments = new ArrayList<>();
    for (String encoded : path().substring(1).split("/", -1)) {
      String segment = PercentEncoding.decode(encoded);
      if (segment == null || !isHarmless(segment)) return null;
      segments.add(segment);
    }
    return List.copyOf(segments);
  }

  /**
   * The query of the target without its question mark, percent-encoded as it was sent; null if
   * there is none.
   */
  public @Nullable String query() {
    int query = target.indexOf('?');
    return query < 0 ? null : target.substring(query + 1);
  }

  /**
   * The decoded value of a query parameter.
   *
   * @return the first one of this name, empty if it has no value, or null if there is none or it is
   *     not properly encoded
   */
  public @Nullable String queryParameter(String name) {
    String query = query();
    if (query == null) return null;
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? pair : pair.substring(0, equals);
      if (name.equals(decode(key))) return decode(equals < 0 ? "" : pair.substring(equals + 1));
    }
    return null;
  }

  /** Whether the client asks for a WebSocket, rightly or with mistakes, rather than for a page. */
  public boolean wantsWebSocket() {
    return headers.hasToken("Upgrade", "websocket") || headers.has("Sec-WebSocket-Key");
  }

  /** Host and port of a target in absolute form; null for the usual form, which has none. */
  @Nullable String authority() {
    Matcher absolute = absoluteForm();
    return absolute == null ? null : absolute.group(1);
  }

  private @Nullable Matcher absoluteForm() {
    if (target.startsWith("/")) return null;
    Matcher absolute = ABSOLUTE_FORM.matcher(target);
    return absolute.lookingAt() ? absolute : null;
  }

  // An encoded slash or backslash must not bring in the steps that a plain one may not.
  private static boolean isHarmless(String segment) {
    for (int i = 0; i < segment.length(); i++) {
      if (Character.isISOControl(segment.charAt(i))) return false;
    }
    if (segment.indexOf('.') < 0) return true;
    for (String step : segment.replace('\\', '/').split("/", -1)) {
      if (step.equals(".") || step.equals("..")) return false;
    }
    return true;
  }

  // In a query, unlike in a path, a plus sign is a space: the encoding of HTML forms.
  private static @Nullable String decode(String encoded) {
    return PercentEncoding.decode(encoded.replace('+', ' '));
  }
}
