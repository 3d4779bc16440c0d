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
 * chat.html}. Also the library's {@code /priz.js}, libraries of other people's under {@code /lib},
 * and the programs behind the pages, such as {@code /source/Chat.java}.
 */
final class Pages implements HttpHandler {
  // Nothing but plain names can match, so no path leads out of the folders.
  private static final Pattern FILE = Pattern.compile("/([a-z]+\\.([a-z]+))");
  private static final Pattern SOURCE = Pattern.compile("/source/([A-Za-z]+\\.java)");
  private static final Pattern LIBRARY =
      Pattern.compile("/lib((?:/@?[A-Za-z0-9][A-Za-z0-9._-]*)+\\.(js|mjs|css))");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "mjs", "text/javascript; charset=utf-8",
          "java", "text/plain; charset=utf-8",
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
    String resource = resourceOf(fileOf(request.path()));
    String type = TYPES.get(resource.substring(resource.lastIndexOf('.') + 1));
    if (type == null) return null;
    try (InputStream content = Pages.class.getResourceAsStream(resource)) {
      if (content == null) return null;
      Headers headers = HEADERS.with("Content-Type", type);
      return new Response(200, headers, content.readAllBytes());
    }
  }

  // Empty where there cannot be any.
  private static String resourceOf(String path) {
    if (path.equals("/priz.js")) return "/META-INF/resources/priz.js";
    Matcher file = FILE.matcher(path);
    if (file.matches()) return "pages/" + file.group(1);
    Matcher source = SOURCE.matcher(path);
    if (source.matches()) return "source/" + source.group(1);
    Matcher library = LIBRARY.matcher(path);
    return library.matches() ? "/META-INF/resources" + library.group(1) : "";
  }

  private static String fileOf(String path) {
    if (path.equals("/")) return "/index.html";
    return path.contains(".") ? path : path + ".html";
  }
}
