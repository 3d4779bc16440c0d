package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.protocol.Text;
import dev.priz.topic.Publication;
import dev.priz.topic.SlowPolicy;
import dev.priz.topic.TopicOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A subscriber that does not read, beside one that reads all: what each gets. */
final class SlowSubscriberTest {
  // More than sockets, queues and the policies' backlogs hold together.
  private static final int COUNT = 2_500;
  private static final int KEYS = 10;
  private static final String PADDING = " ".repeat(10_000);

  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong observed = new AtomicLong();

  @AutoClose private final WebSocketClient client = WebSocketClient.builder().deflate(null).build();

  @AutoClose
  private final WebSocketServer server =
      WebSocketServer.at("127.0.0.1:0")
          .deflate(null)
          .observe(
              new ConnectionObserver() {
                @Override
                public void publicationsDropped(WebSocket ws, String topic, long count) {
                  observed.addAndGet(count);
                }
              })
          .topics("CLOSE", TopicOptions.DEFAULT)
          .topics("DROP_OLDEST", TopicOptions.DEFAULT.slow(SlowPolicy.DROP_OLDEST))
          .topics("DROP_NEWEST", TopicOptions.DEFAULT.slow(SlowPolicy.DROP_NEWEST))
          .topics("CONFLATE", TopicOptions.DEFAULT.slow(SlowPolicy.CONFLATE).waitingBytes(1 << 20))
          .route(
              "/slow/{topic}",
              ws -> {
                ws.subscribe(ws.pathParameter("topic")).onDropped(dropped::addAndGet);
                ws.send("ready");
                ws.run();
              })
          .route(
              "/fast/{topic}",
              ws -> {
                ws.subscribe(ws.pathParameter("topic"));
                ws.send("ready");
                ws.run();
              })
          .start();

  @Test
  void isClosedByDefault() {
    WebSocket slow = connect("/slow/CLOSE");
    WebSocket fast = connect("/fast/CLOSE");

    publishAll("CLOSE", fast);

    Soon.holds(() -> server.topic("CLOSE").subscribers() == 1, "the slow one has gone");
    slow.abort();
  }

  @ParameterizedTest
  @EnumSource(value = SlowPolicy.class, mode = Mode.EXCLUDE, names = "CLOSE")
  void losesWhatThePolicySays(SlowPolicy policy) {
    WebSocket slow = connect("/slow/" + policy);
    WebSocket fast = connect("/fast/" + policy);

    publishAll(policy.name(), fast);

    List<Integer> received = new ArrayList<>();
    Map<Integer, Integer> newest = new TreeMap<>();
    while (received.size() + dropped.get() < COUNT) {
      int number = Integer.parseInt(slow.receive().text().strip());
      received.add(number);
      newest.put(number % KEYS, number);
    }
    assertThat(observed).hasValue(dropped.get());
    assertThat(received).isSorted().doesNotHaveDuplicates().hasSizeLessThan(COUNT);
    switch (policy) {
      case DROP_OLDEST -> assertThat(received).endsWith(COUNT - 2, COUNT - 1);
      case DROP_NEWEST -> assertThat(received).startsWith(0, 1, 2).doesNotContain(COUNT - 1);
      case CONFLATE -> {
        for (int key = 0; key < KEYS; key++) {
          assertThat(newest).containsEntry(key, COUNT - KEYS + key);
        }
      }
      case CLOSE -> throw new AssertionError("not here");
    }
    assertThat(server.topic(policy.name()).subscribers()).isEqualTo(2);
  }

  /** Publishes all, each once the fast one has the one before: what it gets is whole. */
  private void publishAll(String topic, WebSocket fast) {
    for (int n = 0; n < COUNT; n++) {
      String text = n + PADDING;
      server.topic(topic).publish(Publication.text(text).key("key " + n % KEYS));
      assertThat(fast.receive()).isEqualTo(new Text(text));
    }
  }

  private WebSocket connect(String path) {
    WebSocket ws = client.connect(server.address() + path);
    assertThat(ws.receive()).isEqualTo(new Text("ready"));
    return ws;
  }
}
