package dev.priz.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.protocol.Headers;
import dev.priz.protocol.Request;
import dev.priz.protocol.Response;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PagesTest {
  @ParameterizedTest
  @CsvSource({
    "/, <title>Priz demos</title>",
    "/chat, <title>Priz chat</title>",
    "/dashboard, <title>Priz dashboard</title>",
    "/notifications, <title>Priz notifications</title>",
    "/chat?name=Ada, <title>Priz chat</title>"
  })
  void servesPagesByTheirPlainNames(String target, String title) throws IOException {
    Response page = answer("GET", target);

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.headers().first("Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(new String(page.body(), UTF_8)).contains(title);
  }

  @ParameterizedTest
  @CsvSource({
    "/chat.js, text/javascript; charset=utf-8",
    "/chat.css, text/css; charset=utf-8",
    "/chat.html, text/html; charset=utf-8",
    "/lib/yjs/yjs.mjs, text/javascript; charset=utf-8",
    "/priz.svg, image/svg+xml"
  })
  void servesFilesWithTheirTypes(String target, String type) throws IOException {
    assertThat(answer("GET", target).headers().first("Content-Type")).isEqualTo(type);
  }

  @ParameterizedTest
  @MethodSource("files")
  void servesEveryFileOfTheFolder(Path file) throws IOException {
    Response response = answer("GET", "/" + file.getFileName());

    assertThat(response.body()).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void letsPagesLoadNothingFromElsewhere() throws IOException {
    Headers headers = answer("GET", "/").headers();

    assertThat(headers.first("Content-Security-Policy"))
        .isEqualTo("default-src 'self'; base-uri 'none'; frame-ancestors 'none'");
    assertThat(headers.first("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(headers.first("Cache-Control")).isEqualTo("no-cache");
  }

  @Test
  void answersHeadAsGet() throws IOException {
    assertThat(answer("HEAD", "/chat").status()).isEqualTo(200);
  }

  @Test
  void refusesOtherMethods() throws IOException {
    Response response = answer("POST", "/chat");

    assertThat(response.status()).isEqualTo(405);
    assertThat(response.headers().first("Allow")).isEqualTo("GET, HEAD");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/nothing.js",
        "/chat/",
        "/chat.exe",
        "/.html",
        "/Pages.class",
        "/../Pages.class",
        "/..%2fPages.class",
        "/%2e%2e/Pages.class",
        "/..\\Pages.class",
        "/pages/chat.html",
        "//chat.html",
        "/./chat.html",
        "/nothing/../chat.html",
        "/chat.html%00",
        "/chat.html/",
        "/META-INF/LICENSE",
        "/.."
      })
  void hasNothingElse(String target) throws IOException {
    assertThat(answer("GET", target)).isNull();
  }

  private static List<Path> files() throws IOException, URISyntaxException {
    try (Stream<Path> files = Files.list(Path.of(Pages.class.getResource("pages").toURI()))) {
      return files.toList();
    }
  }

  private static Response answer(String method, String target) throws IOException {
    return new Pages().handle(new Request(method, target, "HTTP/1.1", Headers.EMPTY), new byte[0]);
  }
}
