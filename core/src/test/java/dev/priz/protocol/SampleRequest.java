package dev.priz.protocol;

import java.util.ArrayList;
import java.util.List;

/** Requests for the opening handshake: the one of RFC 6455 §1.2, and what differs from it. */
final class SampleRequest {
  static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
  static final Headers PROPER =
      Headers.of(
          "Host", "example.com",
          "Upgrade", "websocket",
          "Connection", "Upgrade",
          "Sec-WebSocket-Key", KEY,
          "Sec-WebSocket-Version", "13");

  private SampleRequest() {}

  static Request get(String target) {
    return new Request("GET", target, "HTTP/1.1", PROPER);
  }

  /** A proper request with these values of one field in place of its own. */
  static Request with(String name, String... values) {
    List<String> fields = new ArrayList<>();
    PROPER.forEach((ownName, value) -> {
      if (!ownName.equals(name)) fields.addAll(List.of(ownName, value));
    });
    for (String value : values) fields.addAll(List.of(name, value));
    return new Request("GET", "/chat", "HTTP/1.1", Headers.of(fields));
  }
}
