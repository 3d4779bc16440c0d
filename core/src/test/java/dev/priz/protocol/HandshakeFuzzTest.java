package dev.priz.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.priz.fuzz.FuzzInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Any heads of requests and responses, as an HTTP parser hands them on: a line with method, target
 * and version, and then fields.
 */
final class HandshakeFuzzTest {
  private static final WebSocketUri ADDRESS = WebSocketUri.parse("ws://example.com/chat");
  private static final String ANSWER = HandshakeKey.accept(HandshakeKey.of(new byte[16]));
  private static final OriginPolicy SOME =
      OriginPolicy.allow("https://example.com").requireOrigin().hosts("localhost", "[::1]");

  @FuzzTest
  void isProperOrRefused(byte[] bytes) {
    var input = new FuzzInput(bytes);
    boolean secure = input.flag();
    String[] lines = new String(input.rest(), ISO_8859_1).split("\n", -1);
    List<String> fields = fields(lines);

    Headers headers = Headers.received(fields);

    if (headers == null) {
      assertThatIllegalArgumentException().isThrownBy(() -> Headers.of(fields));
      return;
    }
    assertHoldsItsFields(headers, fields);
    String[] first = (lines[0] + "  ").split(" ", -1);
    var request = new Request(first[0], first[1], first[2], headers);
    assertReadsTheTarget(request);
    assertExamines(request, secure);
    assertClientJudges(first[0].equals("101") ? 101 : 400, first[2], headers);
  }

  private static List<String> fields(String[] lines) {
    List<String> fields = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      fields.add(colon < 0 ? lines[i] : lines[i].substring(0, colon));
      fields.add(colon < 0 ? "" : lines[i].substring(colon + 1).strip());
    }
    return fields;
  }

  private static void assertHoldsItsFields(Headers headers, List<String> fields) {
    List<String> held = new ArrayList<>();
    headers.forEach((name, value) -> {
      held.add(name);
      held.add(value);
    });
    assertThat(held).isEqualTo(fields);
    for (int i = 0; i < fields.size(); i += 2) {
      String name = fields.get(i).toLowerCase(Locale.ROOT);
      List<String> values = new ArrayList<>();
      for (int j = 0; j < fields.size(); j += 2) {
        if (fields.get(j).equalsIgnoreCase(name)) values.add(fields.get(j + 1));
      }
      assertThat(headers.all(name)).isEqualTo(values);
      assertThat(headers.first(name)).isEqualTo(values.getFirst());
      assertThat(headers.hasToken(name, values.getFirst())).isTrue();
    }
  }

  private static void assertReadsTheTarget(Request request) {
    assertThat(request.path()).isNotEmpty();
    String query = request.query();
    if (query != null) {
      assertThat(request.target()).endsWith("?" + query);
      String name = query.split("[=&]", -1)[0];
      request.queryParameter(name);
    }
    List<String> segments = request.pathSegments();
    if (segments == null) return;
    for (String segment : segments) {
      assertThat(segment.chars()).noneMatch(Character::isISOControl);
      assertThat(segment.split("[/\\\\]", -1)).doesNotContain(".", "..");
    }
  }

  private static void assertExamines(Request request, boolean secure) {
    boolean letsAllIn = isProper(request, OriginPolicy.any(), secure);
    boolean letsSameIn = isProper(request, OriginPolicy.sameOrigin(), secure);
    boolean letsSomeIn = isProper(request, SOME, secure);
    if (letsSameIn || letsSomeIn) assertThat(letsAllIn).isTrue();
    List<String> origins = request.headers().all("Origin");
    if (letsSameIn && !origins.isEmpty()) assertIsSame(origins, request.headers().first("Host"));
    if (letsSomeIn) {
      assertThat(origins).hasSize(1);
      String host = request.headers().first("Host").toLowerCase(Locale.ROOT);
      assertThat(host).matches("(localhost|\\[::1])(:[0-9]*)?");
    }
  }

  private static void assertIsSame(List<String> origins, String host) {
    assertThat(origins).hasSize(1);
    String origin = origins.getFirst().toLowerCase(Locale.ROOT);
    int port = origin.startsWith("https:") ? 443 : 80;
    Authority own = Authority.parse(host.toLowerCase(Locale.ROOT));
    Authority foreign = Authority.parse(origin.replaceFirst("^[a-z0-9+.-]*://", ""));
    assertThat(foreign.host()).isEqualTo(own.host());
    assertThat(foreign.portOr(port)).isEqualTo(own.portOr(port));
  }

  private static boolean isProper(Request request, OriginPolicy origins, boolean secure) {
    return switch (ServerHandshake.examine(request, origins, secure, DeflateOptions.SHARED)) {
      case ServerHandshake.Finding.Refused refused -> {
        assertThat(refused.response().status()).isIn(400, 403, 405, 426);
        yield false;
      }
      case ServerHandshake.Finding.Proper proper -> {
        assertOpens(request, proper.handshake());
        yield true;
      }
    };
  }

  private static void assertOpens(Request request, ServerHandshake handshake) {
    assertThat(request.method()).isEqualTo("GET");
    assertThat(request.wantsWebSocket()).isTrue();
    assertThat(request.pathSegments()).isNotNull();
    assertThat(handshake.accept(null, Headers.EMPTY).status()).isEqualTo(101);
    for (String subprotocol : handshake.subprotocols()) {
      Headers headers = handshake.accept(subprotocol, Headers.EMPTY).headers();
      assertThat(headers.all("Sec-WebSocket-Protocol")).containsExactly(subprotocol);
    }
  }

  private static void assertClientJudges(int status, String version, Headers headers) {
    var handshake =
        new ClientHandshake(
            ADDRESS,
            List.of("chat", "superchat"),
            Headers.EMPTY,
            DeflateOptions.SHARED,
            new byte[16]);
    String refusal = handshake.refusal(status, version, headers);
    if (refusal != null) return;
    assertThat(status).isEqualTo(101);
    assertThat(headers.all("Sec-WebSocket-Accept")).hasSize(1);
    assertThat(headers.first("Sec-WebSocket-Accept").strip()).isEqualTo(ANSWER);
    assertThat(ClientHandshake.subprotocol(headers)).isIn(null, "chat", "superchat");
  }
}
