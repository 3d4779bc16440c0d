package dev.priz.netty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.protocol.Headers;
import dev.priz.protocol.Request;
import dev.priz.protocol.Response;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.Test;

class HttpHeadTest {

  @Test
  void readsARequest() {
    var read = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/a?b");
    read.headers().add("Host", "x").add("A", "1").add("a", "2");

    Request request = HttpHead.request(read);

    assertThat(request.method()).isEqualTo("GET");
    assertThat(request.target()).isEqualTo("/a?b");
    assertThat(request.version()).isEqualTo("HTTP/1.1");
    assertThat(request.headers().all("A")).containsExactly("1", "2");
  }

  @Test
  void readsNoMalformedHeaders() {
    HttpHeaders headers =
        DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
    headers.add("A", "x\r\nB: y");

    assertThat(HttpHead.headers(headers)).isNull();
  }

  @Test
  void writesARequest() {
    var request = new Request("GET", "/a?b", "HTTP/1.1", Headers.of("Host", "x", "A", "1"));

    assertThat(text(HttpHead.encode(request, UnpooledByteBufAllocator.DEFAULT)))
        .isEqualTo("GET /a?b HTTP/1.1\r\nHost: x\r\nA: 1\r\n\r\n");
  }

  @Test
  void writesAResponseWithItsLength() {
    Response response = Response.text(403, "no").header("A", "1");

    assertThat(written(response, false, true))
        .isEqualTo(
            "HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n"
                + "Content-Type: text/plain; charset=utf-8\r\nA: 1\r\n\r\nno");
  }

  @Test
  void saysWhenTheConnectionEndsAfterIt() {
    assertThat(written(Response.of(404), true, true))
        .isEqualTo("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  }

  @Test
  void leavesTheBodyOutButTellsItsLength() {
    assertThat(written(Response.text(200, "body"), false, false))
        .contains("Content-Length: 4\r\n")
        .endsWith("\r\n\r\n");
  }

  // RFC 9110 §8.6: "A server MUST NOT send a Content-Length header field in any response with a
  // status code of 1xx
  // (Informational) or 204 (No Content)"
  @Test
  void writesNoLengthWhereThereIsNoContent() {
    assertThat(written(Response.of(101), false, true))
        .isEqualTo("HTTP/1.1 101 Switching Protocols\r\n\r\n");
    assertThat(written(Response.of(204), false, true)).isEqualTo("HTTP/1.1 204 No Content\r\n\r\n");
  }

  @Test
  void writesOneLengthOnlyWhateverTheHandlerSays() {
    Response response = Response.text(200, "body").header("content-length", "99");

    assertThat(written(response, false, true)).containsOnlyOnce("ength: ").contains("Length: 4");
  }

  private static String written(Response response, boolean close, boolean withBody) {
    return text(HttpHead.encode(response, close, withBody, UnpooledByteBufAllocator.DEFAULT));
  }

  private static String text(ByteBuf bytes) {
    try {
      return bytes.toString(ISO_8859_1);
    } finally {
      bytes.release();
    }
  }
}
