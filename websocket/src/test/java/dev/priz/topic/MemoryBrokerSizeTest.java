package dev.priz.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How little a topic takes that only has a subscriber. */
final class MemoryBrokerSizeTest {
  private static final int TOPICS = 100_000;

  // 146 by counting the fields; the rest is what else is on the heap at the time.
  private static final int MAX_BYTES_EACH = 165;

  @Test
  void takesLittleForTopicWithSubscriber() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < TOPICS; i++) names.add("topic " + i);
    try (var broker = new MemoryBroker()) {
      // What is loaded once is not counted.
      broker.subscribe("first");
      long before = usedBytes();

      for (String name : names) broker.subscribe(name);

      long each = (usedBytes() - before) / TOPICS;
      assertThat(each).isLessThanOrEqualTo(MAX_BYTES_EACH);
      assertThat(broker.topics()).isEqualTo(names.size() + 1);
    }
  }

  private static long usedBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
