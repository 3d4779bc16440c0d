package dev.priz.topic;

import dev.priz.topic.Broker.History;
import dev.priz.topic.Broker.State;
import dev.priz.topic.Broker.Stored;
import dev.priz.topic.Outcome.Accepted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A broker in every order in which threads may come to a topic, as Lincheck makes them. */
@Timeout(value = 1, unit = TimeUnit.HOURS)
final class MemoryBrokerOrdersTest {
  // Each takes up to two seconds; with -Dhostile.full=true, as many as are worth the wait.
  private static final boolean FULL = Boolean.getBoolean("hostile.full");
  private static final int ORDERS = FULL ? 200 : 5;
  private static final Retention KEPT = new Retention(10, Duration.ofSeconds(10));
  private static final Member MEMBER = new Member("a", "1");

  @Test
  void tellsInOrderOfHistory() {
    Lincheck.runConcurrentTest(
        ORDERS,
        () -> {
          var told = new Told();
          MemoryBroker broker = broker(told, 10);
          broker.subscribe("topic");
          Thread one = started(() -> publish(broker));
          Thread two = started(() -> publish(broker));

          join(one, two);

          List<Stored> kept = history(broker, new Position("epoch", 0, 0)).publications();
          expect(kept.size() == 2, "both are kept");
          expect(told.publications.equals(kept), "told as kept");
          expect(kept.get(1).follows(kept.get(0).position()), "chained");
        });
  }

  @Test
  void tellsAllThatIsPublishedAfterSubscribe() {
    Lincheck.runConcurrentTest(
        ORDERS,
        () -> {
          var told = new Told();
          MemoryBroker broker = broker(told, 10);
          Thread publishing = started(() -> publish(broker));

          broker.subscribe("topic");
          Position top = value(broker.top("topic"));

          join(publishing);
          expect(top.offset() == 1 || told.publications.size() == 1, "before the top, or told");
        });
  }

  @Test
  void tellsNothingAfterUnsubscribe() {
    Lincheck.runConcurrentTest(
        ORDERS,
        () -> {
          var told = new Told();
          MemoryBroker broker = broker(told, 10);
          broker.subscribe("topic");
          Thread publishing = started(() -> publish(broker));

          broker.unsubscribe("topic");
          int count = told.publications.size();

          join(publishing);
          expect(told.publications.size() == count, "no more");
        });
  }

  @Test
  void tellsJoinAndLeaveInTurn() {
    Lincheck.runConcurrentTest(
        ORDERS,
        () -> {
          var told = new Told();
          MemoryBroker broker = broker(told, 10);
          broker.subscribe("topic");
          Thread entering = started(() -> broker.enter("topic", MEMBER));
          Thread leaving = started(() -> broker.leave("topic", "a"));

          join(entering, leaving);

          int count = value(broker.presence("topic")).count();
          expect(told.changes.equals(count == 1 ? List.of(1) : List.of(1, 0)), "in turn");
        });
  }

  @Test
  void losesNothingSilentlyWhileTopicIsForgotten() {
    Lincheck.runConcurrentTest(
        ORDERS,
        () -> {
          MemoryBroker broker = broker(new Told(), 10);
          Position first = accepted(broker.publish("topic", new byte[0], null, Retention.NONE));
          Thread sweeping = started(broker::sweep);

          Position second = accepted(broker.publish("topic", new byte[0], null, Retention.NONE));

          join(sweeping);
          expect(!history(broker, first).recovered(), "the second is missing");
          expect(Long.compareUnsigned(second.offset(), first.offset()) > 0, "rising");
        });
  }

  @Test
  void leavesNobodyPresentAfterClose() {
    Lincheck.runConcurrentTest(
        ORDERS,
        () -> {
          var told = new Told();
          MemoryBroker broker = broker(told, 10);
          broker.subscribe("topic");
          Thread entering = started(() -> broker.enter("topic", MEMBER));

          broker.close();

          join(entering);
          expect(told.changes.isEmpty() || told.changes.equals(List.of(1, 0)), "left if entered");
        });
  }

  @Test
  void holdsNoMoreTopicsThanItMay() {
    Lincheck.runConcurrentTest(
        ORDERS,
        () -> {
          MemoryBroker broker = broker(new Told(), 1);
          Thread other = started(() -> broker.publish("one", new byte[0], null, KEPT));

          broker.publish("two", new byte[0], null, KEPT);

          join(other);
          expect(broker.topics() == 1, "one of them is there");
        });
  }

  // Without a thread and with a clock that stands still, where what is not used is idle at once.
  private static MemoryBroker broker(Told told, int maxTopics) {
    var shared = new Shared(new Positions("epoch", 1), () -> 0);
    var broker = new MemoryBroker(shared, maxTopics, Duration.ZERO, Duration.ZERO);
    broker.start(told);
    return broker;
  }

  private static void publish(MemoryBroker broker) {
    broker.publish("topic", new byte[0], null, KEPT);
  }

  private static Position accepted(CompletionStage<Outcome> outcome) {
    return ((Accepted) value(outcome)).position();
  }

  private static History history(MemoryBroker broker, Position since) {
    return value(broker.history("topic", since, 10, KEPT));
  }

  private static <T> T value(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private static Thread started(Runnable work) {
    var thread = new Thread(work);
    thread.start();
    return thread;
  }

  private static void join(Thread... threads) {
    try {
      for (Thread thread : threads) thread.join();
    } catch (InterruptedException impossible) {
      throw new AssertionError(impossible);
    }
  }

  // Plain, because the checker looks into all that is called here, and AssertJ does not bear it.
  private static void expect(boolean fact, String claim) {
    if (!fact) throw new AssertionError("not so: " + claim);
  }

  /** What a broker told; for one topic, under its lock. */
  private static final class Told implements Broker.Listener {
    private final List<Stored> publications = new ArrayList<>();
    private final List<Integer> changes = new ArrayList<>();

    @Override
    public void onMessage(String topic, Stored publication) {
      publications.add(publication);
    }

    @Override
    public void onPresence(String topic, Member member, boolean present, int count) {
      changes.add(count);
    }

    @Override
    public void onState(State state, long generation) {}
  }
}
