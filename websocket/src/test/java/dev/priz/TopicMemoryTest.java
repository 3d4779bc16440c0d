package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What topics take that nothing is published to. */
final class TopicMemoryTest {
  private static final int CONNECTIONS = 1_000;
  private static final int TOPICS_OF_EACH = 100;
  private static final int MAX_BYTES_A_TOPIC = 500;

  @AutoClose private final WebSocketClient client = WebSocketClient.builder().build();

  @AutoClose
  private final WebSocketServer server =
      WebSocketServer.at("127.0.0.1:0").callbacks("/", ws -> ws.onText(ws::send)).start();

  @Test
  void aTopicWithOneSubscriberIsSmall() {
    List<WebSocket> peers = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      peers.add(client.connect(server.address() + "/"));
    }
    List<WebSocket> connections = List.copyOf(server.connections());
    long before = liveHeapBytes();

    for (int i = 0; i < CONNECTIONS; i++) {
      for (int t = 0; t < TOPICS_OF_EACH; t++) {
        connections.get(i).subscribe("room/" + i + "/" + t);
      }
    }
    long bytes = (liveHeapBytes() - before) / (CONNECTIONS * TOPICS_OF_EACH);

    assertThat(server.topics()).hasSize(CONNECTIONS * TOPICS_OF_EACH);
    assertThat(bytes).as("bytes a topic").isBetween(100L, (long) MAX_BYTES_A_TOPIC);
    peers.forEach(WebSocket::abort);
    Soon.holds(() -> server.topics().isEmpty(), "all topics have gone");
  }

  private static long liveHeapBytes() {
    for (int i = 0; i < 3; i++) System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
