package dev.priz.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.topic.Broker.History;
import dev.priz.topic.Broker.Stored;
import dev.priz.topic.Outcome.Accepted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens to a few topics, who recovers gets exactly what came after its position. The
 * model remembers everything; what is kept of it, it counts anew each time.
 */
final class MemoryBrokerModelTest {
  private static final int ROUNDS = 300;
  private static final int STEPS = 400;
  private static final Duration IDLE = Duration.ofSeconds(100);
  private static final List<Retention> RETENTIONS =
      List.of(
          Retention.NONE,
          new Retention(1, Duration.ofSeconds(20)),
          new Retention(5, Duration.ofSeconds(20)),
          new Retention(5, Duration.ofSeconds(200)),
          new Retention(50, Duration.ofSeconds(5)),
          new Retention(50, Duration.ofSeconds(200)),
          new Retention(50, Duration.ZERO));

  @Test
  void recoversExactlyWhatCameAfter() {
    long seed = System.nanoTime();
    System.out.println("memory broker model seed " + seed);
    int recoveries = 0;

    for (int i = 0; i < ROUNDS; i++) recoveries += new Round(seed + i).run();

    assertThat(recoveries).as("seed %d", seed).isGreaterThan(ROUNDS * STEPS / 50);
  }

  /** One broker, and its model. */
  private static final class Round {
    private final long seed;
    private final SplittableRandom random;
    private final FakeNanos clock = new FakeNanos();
    private final MemoryBroker broker;
    private final Map<String, Model> models = new HashMap<>();
    private int recoveries;

    Round(long seed) {
      this.seed = seed;
      this.random = new SplittableRandom(seed);
      this.broker =
          new MemoryBroker(
              new Shared(new Positions("epoch", seed), clock), 10, IDLE, Duration.ZERO);
    }

    int run() {
      broker.start(new Heard());
      for (int i = 0; i < STEPS; i++) step("topic " + random.nextInt(3));
      broker.close();
      return recoveries;
    }

    private void step(String topic) {
      Model model = models.computeIfAbsent(topic, name -> new Model());
      switch (random.nextInt(12)) {
        case 0, 1, 2, 3 -> publish(topic, model);
        case 4 -> model.seen.add(new Seen(top(topic), model.all.size()));
        case 5 -> clock.pass(Duration.ofSeconds(random.nextInt(1, 15)));
        case 6 -> broker.sweep();
        case 7 -> {
          if (random.nextInt(10) == 0) forgetAll();
        }
        default -> recover(topic, model);
      }
    }

    private void publish(String topic, Model model) {
      // Mostly the same one, or there would hardly be a history.
      Retention retention = RETENTIONS.get(random.nextInt(3) == 0 ? random.nextInt(7) : 5);
      String text = topic + " " + model.all.size();
      Outcome outcome = now(broker.publish(topic, text.getBytes(UTF_8), null, retention));
      Position position = ((Accepted) outcome).position();
      model.add(text, position, retention, clock.getAsLong());
      model.seen.add(new Seen(position, model.all.size()));
    }

    private void forgetAll() {
      clock.pass(IDLE.multipliedBy(3));
      broker.sweep();
      for (Model each : models.values()) each.forgotten = true;
      assertThat(broker.topics()).as("seed %d", seed).isZero();
    }

    private void recover(String topic, Model model) {
      if (model.seen.isEmpty()) return;
      // Mostly a new one, as who was away for long recovers nothing.
      int age = Math.min(random.nextInt(20), random.nextInt(model.seen.size()));
      Seen since = model.seen.get(model.seen.size() - 1 - age);
      Retention reading = RETENTIONS.get(random.nextInt(7));
      int limit = random.nextInt(20);
      History history = now(broker.history(topic, since.position, limit, reading));
      List<String> after = model.all.subList(since.count, model.all.size());

      if (history.recovered()) {
        recoveries++;
        assertThat(texts(history)).as("seed %d", seed).isEqualTo(after);
      } else {
        List<String> kept = model.kept(reading, clock.getAsLong());
        int from = Math.max(0, kept.size() - limit);
        assertThat(texts(history)).as("seed %d", seed).isEqualTo(kept.subList(from, kept.size()));
      }
      assertThat(history.top()).as("seed %d", seed).isEqualTo(top(topic));
      // A topic that was forgotten may recover less, but nothing wrong.
      if (!model.forgotten) {
        int available = Math.min(model.kept(reading, clock.getAsLong()).size(), limit);
        assertThat(history.recovered()).as("seed %d", seed).isEqualTo(after.size() <= available);
      }
      recoverNothing(topic, since.position);
    }

    private void recoverNothing(String topic, Position position) {
      int tag = position.tag() + random.nextInt(1, 1_000);
      var wrong = new Position(position.epoch(), position.offset(), tag);
      assertThat(now(broker.history(topic, wrong, 50, RETENTIONS.get(5))).recovered())
          .as("seed %d", seed)
          .isFalse();
    }

    private Position top(String topic) {
      return now(broker.top(topic));
    }

    private static <T> T now(CompletionStage<T> stage) {
      return stage.toCompletableFuture().join();
    }

    private static List<String> texts(History history) {
      return history.publications().stream().map(Round::text).toList();
    }

    private static String text(Stored publication) {
      return new String(publication.bytes(), UTF_8);
    }
  }

  /** One topic: all that was ever published to it, and the positions that someone saw. */
  private static final class Model {
    private final List<String> all = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();
    private final List<Seen> seen = new ArrayList<>();
    // The first that its retentions have left until now.
    private int first;
    private Retention retention = Retention.NONE;
    private boolean forgotten;

    void add(String text, Position position, Retention newRetention, long nowNanos) {
      assertThat(position.epoch()).isEqualTo("epoch");
      trim(nowNanos);
      all.add(text);
      times.add(nowNanos);
      retention = newRetention;
    }

    List<String> kept(Retention reading, long nowNanos) {
      trim(nowNanos);
      return all.subList(Math.max(first, firstKept(reading, nowNanos)), all.size());
    }

    private void trim(long nowNanos) {
      first = Math.max(first, firstKept(retention, nowNanos));
    }

    private int firstKept(Retention by, long nowNanos) {
      int kept = Math.max(0, all.size() - by.messages());
      while (kept < all.size() && nowNanos - times.get(kept) >= by.timeToLive().toNanos()) kept++;
      return kept;
    }
  }

  /** A position, and how many publications came before it. */
  private record Seen(Position position, int count) {}
}
