package dev.priz.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any text: refused, or JSON to Jackson too, and read alike; and any text as a string of JSON. */
final class JsonFuzzTest {
  @FuzzTest
  void agreesWithJackson(byte[] bytes) {
    // So bytes that are not UTF-8 stand for unpaired surrogates.
    String text = new String(bytes, UTF_8).replace('\uFFFD', '\uD800');

    ReferenceJson.assertSameVerdict(text);
    ReferenceJson.assertQuoted(text);
  }
}
