package dev.priz.protocol;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One element of a {@code Sec-WebSocket-Extensions} header (RFC 6455 §9.1).
 *
 * @param name the extension's token
 * @param parameters its parameters in order
 */
public record Extension(String name, List<Parameter> parameters) {

  /** Copies the parameters. */
  public Extension {
    parameters = List.copyOf(parameters);
  }

  /**
   * One parameter.
   *
   * @param name its token
   * @param value its value without quotes, or null if it stands alone
   */
  public record Parameter(String name, @Nullable String value) {}

  /**
   * Reads the values of all {@code Sec-WebSocket-Extensions} fields of a request or response.
   *
   * @return the elements in order, or null if a value breaks the grammar of §9.1
   */
  public static @Nullable List<Extension> parse(List<String> values) {
    List<Extension> extensions = new ArrayList<>();
    for (String value : values) {
      if (!new Reader(value).readList(extensions)) return null;
    }
    return extensions;
  }

  /** Reads one header value from left to right. */
  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    boolean readList(List<Extension> into) {
      do {
        skipBlanks();
        // RFC 9110 §5.6.1: a recipient ignores empty elements of a list.
        if (at == text.length() || text.charAt(at) == ',') continue;
        Extension extension = readExtension();
        if (extension == null) return false;
        into.add(extension);
      } while (skip(','));
      return at == text.length();
    }

    private @Nullable Extension readExtension() {
      String name = readToken();
      if (name.isEmpty()) return null;
      List<Parameter> parameters = new ArrayList<>();
      while (skip(';')) {
        String parameter = readToken();
        if (parameter.isEmpty()) return null;
        String value = skip('=') ? readValue() : null;
        parameters.add(new Parameter(parameter, value));
      }
      return new Extension(name, parameters);
    }

    // RFC 6455 §9.1 fails the connection over a value that is no token. We read the value, and the
    // extension that knows the parameter declines it: one bad offer must not spoil the next one.
    // Pinned by ExtensionTest.readsMissingValueAsEmpty.
    private String readValue() {
      skipBlanks();
      if (at == text.length() || text.charAt(at) != '"') return readToken();
      var value = new StringBuilder();
      for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
        if (text.charAt(at) == '\\' && at + 1 < text.length()) at++;
        value.append(text.charAt(at));
      }
      // An unclosed quote leaves the input at its end, with a value that no extension can take for
      // a token.
      if (at == text.length()) return "\"";
      at++;
      return value.toString();
    }

    private String readToken() {
      skipBlanks();
      int from = at;
      while (at < text.length() && Token.isTokenChar(text.charAt(at))) at++;
      return text.substring(from, at);
    }

    private boolean skip(char c) {
      skipBlanks();
      if (at == text.length() || text.charAt(at) != c) return false;
      at++;
      return true;
    }

    private void skipBlanks() {
      while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) at++;
    }
  }
}
