package dev.priz.conformance.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.TopicClient;
import dev.priz.TopicClient.State;
import dev.priz.WebSocketClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients of topics that lose their server all at once. */
class ReturningClientsTest {
  private static final int MANY = 400;

  @TempDir private Path folder;
  private final BlockingQueue<Duration> waits = new LinkedBlockingQueue<>();
  private final BlockingQueue<State.Open> opens = new LinkedBlockingQueue<>();

  @Test
  @DisplayName("TL-14 come back spread over the first second after kill -9, and all of them")
  void comeBackSpread() throws Exception {
    List<TopicClient> clients = new ArrayList<>();
    var shared = WebSocketClient.builder().subprotocols(TopicClient.SUBPROTOCOL).build();
    try (shared) {
      int port;
      List<Duration> first;
      try (var server = EchoProcess.start(0, 4_096, folder.resolve("log"))) {
        port = server.port();
        String address = "ws://127.0.0.1:" + port + "/topics";
        for (int i = 0; i < MANY; i++) {
          clients.add(TopicClient.builder(address).client(shared).onState(this::note).connect());
        }
        take(opens);
        server.kill();
        first = take(waits);
      }
      Map<Long, Long> quarters =
          first.stream()
              .collect(Collectors.groupingBy(t -> t.toMillis() / 250, Collectors.counting()));

      assertThat(quarters).as("waits by quarter of a second").containsOnlyKeys(0L, 1L, 2L, 3L);
      // A hundred are expected in each; fewer than fifty come once in ten million times.
      assertThat(quarters.values()).allMatch(count -> count >= 50);
      try (var again = EchoProcess.start(port, 4_096, folder.resolve("again"))) {
        assertThat(again.port()).isEqualTo(port);
        take(opens);
      }
    } finally {
      clients.forEach(TopicClient::close);
    }
  }

  private void note(State state) {
    switch (state) {
      case State.Open open -> opens.add(open);
      case State.Waiting waiting -> waits.add(waiting.time());
      default -> {}
    }
  }

  private static <T> List<T> take(BlockingQueue<T> queue) throws InterruptedException {
    List<T> taken = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      T next = queue.poll(60, TimeUnit.SECONDS);
      assertThat(next).as("after %s of them", i).isNotNull();
      taken.add(next);
    }
    return taken;
  }
}
