package dev.priz.demo;

import dev.priz.HttpHandler;
import dev.priz.protocol.Headers;
import dev.priz.protocol.Request;
import dev.priz.protocol.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files in the folder {@code pages} beside this class, over HTTP: {@code /chat} is {@code
 * chat.html}.
 */
final class Pages implements HttpHandler {
  // Nothing but a plain name can match, so no path leads out of the folder.
  private static final Pattern FILE = Pattern.compile("/([a-z]+\\.([a-z]+))");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private static final Headers HEADERS =
      Headers.of(
          "Cache-Control", "no-cache",
          "Content-Security-Policy", "default-src 'self'; base-uri 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options", "nosniff");

  @Override
  public @Nullable Response handle(Request request, byte[] body) throws IOException {
    boolean asksForFile = request.method().equals("GET") || request.method().equals("HEAD");
    if (!asksForFile) {
      return Response.text(405, "pages are there to be read").header("Allow", "GET, HEAD");
    }
    Matcher file = FILE.matcher(fileOf(request.path()));
    String type = file.matches() ? TYPES.get(file.group(2)) : null;
    if (type == null) return null;
    try (InputStream content = Pages.class.getResourceAsStream("pages/" + file.group(1))) {
      if (content == null) return null;
      Headers headers = HEADERS.with("Content-Type", type);
      return new Response(200, headers, content.readAllBytes());
    }
  }

  private static String fileOf(String path) {
    if (path.equals("/")) return "/index.html";
    return path.contains(".") ? path : path + ".html";
  }
}
