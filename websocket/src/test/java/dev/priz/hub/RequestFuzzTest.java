package dev.priz.hub;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.priz.json.Json;
import dev.priz.json.JsonObject;
import dev.priz.topic.TopicName;
import org.jspecify.annotations.Nullable;

/** Any text of a client: a proper request, or an error that can be answered. */
final class RequestFuzzTest {
  @FuzzTest
  void isARequestOrAnError(byte[] bytes) {
    String text = new String(bytes, UTF_8);

    try {
      check(Request.parse(text));
    } catch (Request.Malformed malformed) {
      JsonObject frame = JsonObject.parse(malformed.frame());
      long code = frame.integer("code");
      expect("error".equals(frame.string("type")) && code >= 4_000 && code < 5_000, text);
    }
  }

  private static void check(Request request) {
    switch (request) {
      case Request.Ping ping -> {}
      case Request.Unsubscribe(Long id, String topic) -> check(id, topic);
      case Request.Members(Long id, String topic) -> check(id, topic);
      case Request.Publish publish -> {
        check(publish.id(), publish.topic());
        Json.check(publish.publication().payloadText());
        Envelope envelope = Envelope.decode(Envelope.encode(publish.publication(), 7));
        expect(
            envelope != null && envelope.payloadText().equals(publish.publication().payloadText()),
            "payload");
      }
      case Request.Subscribe subscribe -> {
        check(subscribe.id(), subscribe.topic());
        expect(subscribe.last() >= 0 && subscribe.last() <= Request.MAX_LAST, "last");
        String present = subscribe.present();
        if (present != null) Json.check(present);
      }
    }
  }

  private static void check(@Nullable Long id, String topic) {
    expect(id != null && id >= 1, "id");
    TopicName.check(topic);
  }

  private static void expect(boolean fact, String what) {
    if (!fact) throw new AssertionError(what);
  }
}
