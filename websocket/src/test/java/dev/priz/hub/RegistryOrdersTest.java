package dev.priz.hub;

import dev.priz.topic.Broker;
import dev.priz.topic.Member;
import dev.priz.topic.Outcome;
import dev.priz.topic.Position;
import dev.priz.topic.Presence;
import dev.priz.topic.Publication;
import dev.priz.topic.Retention;
import dev.priz.topic.Subscription;
import dev.priz.topic.TopicLimits;
import dev.priz.topic.TopicOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.Lincheck;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Subscriptions that begin and end, in every order in which threads may come to them, as Lincheck's
 * model checker makes them: nothing is left behind, and the broker hears of each topic once.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
final class RegistryOrdersTest {
  // With -Dhostile.full=true, as many as are worth the wait.
  private static final int ORDERS = Boolean.getBoolean("hostile.full") ? 300 : 1;

  @Test
  void leavesNothingBehindOfTwoWhoComeAndGo() {
    Lincheck.runConcurrentTest(
        ORDERS,
        () -> {
          var registry = new Registry();
          Subscriber ada = registry.subscriber(1);
          Subscriber nazim = registry.subscriber(2);

          registry.atOnce(
              () -> ada.subscribe("room").unsubscribe(),
              () -> nazim.subscribe("room").unsubscribe());

          registry.expectNothingLeft();
        });
  }

  @Test
  void leavesNothingBehindOfOneWhoSubscribesAtItsEnd() {
    Lincheck.runConcurrentTest(
        ORDERS,
        () -> {
          var registry = new Registry();
          Subscriber ada = registry.subscriber(1);
          List<Subscription> begun = new ArrayList<>();

          registry.atOnce(
              () -> {
                try {
                  begun.add(ada.subscribe("room"));
                } catch (IllegalStateException ended) {
                  expect(ended.getMessage().equals("the connection has ended"), "it says why");
                }
              },
              ada::end);

          expect(begun.stream().noneMatch(Subscription::isActive), "it has ended");
          registry.expectNothingLeft();
        });
  }

  @Test
  void endsOnceThoughTwoEndIt() {
    Lincheck.runConcurrentTest(
        ORDERS,
        () -> {
          var registry = new Registry();
          Subscriber ada = registry.subscriber(1);
          Subscription room = ada.subscribe("room");

          registry.atOnce(room::unsubscribe, ada::end);

          registry.expectNothingLeft();
        });
  }

  @Test
  void keepsWhoStaysWhileOthersGoAndAllIsPublished() {
    Lincheck.runConcurrentTest(
        ORDERS,
        () -> {
          var registry = new Registry();
          Subscriber ada = registry.subscriber(1);
          Subscriber nazim = registry.subscriber(2);
          Subscription leaving = nazim.subscribe("room");

          registry.atOnce(
              () -> ada.subscribe("room"),
              leaving::unsubscribe,
              () -> registry.hub.onMessage("room", publication()));

          expect(registry.hub.subscribers("room") == 1, "one is left");
          expect(registry.broker.subscribed.get() == 1, "the broker tells of the topic");
          ada.end();
          registry.expectNothingLeft();
        });
  }

  private static Broker.Stored publication() {
    byte[] bytes = Envelope.encode(Publication.text("x"), Envelope.NOBODY);
    return new Broker.Stored(new Position("e", 1, 1), 0, 0, bytes);
  }

  // Plain, because the checker looks into all that is called here, and AssertJ does not bear it.
  private static void expect(boolean fact, String claim) {
    if (!fact) throw new AssertionError("not so: " + claim);
  }

  /** A hub on one event loop, which runs when everything else has. */
  private static final class Registry {
    private final CountingBroker broker = new CountingBroker();
    private final Hub hub = new Hub(broker, TopicLimits.DEFAULT, name -> TopicOptions.DEFAULT, 1);
    private final IdleLoop loop = new IdleLoop();
    private final Lane lane = new Lane(loop, 1 << 20);

    Subscriber subscriber(long id) {
      // Nothing is sent: the loop runs when all subscriptions have ended.
      return new Subscriber(hub, null, lane, id, null);
    }

    void atOnce(Runnable... actions) {
      List<Thread> threads = new ArrayList<>();
      for (Runnable action : actions) threads.add(new Thread(action));
      threads.forEach(Thread::start);
      try {
        for (Thread thread : threads) thread.join();
      } catch (InterruptedException impossible) {
        throw new AssertionError(impossible);
      }
    }

    void expectNothingLeft() {
      loop.run();
      expect(hub.topics().isEmpty(), "no topic is left");
      expect(hub.subscribers("room") == 0, "no subscription is counted");
      expect(broker.subscribed.get() == 0, "the broker was told of each end");
      expect(broker.most.get() <= 1, "the broker was asked once at a time");
    }
  }

  /** A broker that counts who subscribes. */
  private static final class CountingBroker implements Broker {
    private final AtomicInteger subscribed = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @Override
    public void start(Listener listener) {}

    @Override
    public CompletionStage<@Nullable Void> subscribe(String topic) {
      int now = subscribed.incrementAndGet();
      if (now > most.get()) most.set(now);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void unsubscribe(String topic) {
      subscribed.decrementAndGet();
    }

    @Override
    public CompletionStage<Outcome> publish(
        String topic, byte[] bytes, @Nullable String idempotencyKey, Retention retention) {
      throw new AssertionError("nobody publishes");
    }

    @Override
    public CompletionStage<History> history(
        String topic, @Nullable Position since, int limit, Retention retention) {
      throw new AssertionError("nobody reads");
    }

    @Override
    public CompletionStage<Position> top(String topic) {
      throw new AssertionError("nobody reads");
    }

    @Override
    public CompletionStage<@Nullable Void> enter(String topic, Member member) {
      throw new AssertionError("nobody is present");
    }

    @Override
    public void leave(String topic, String memberId) {
      throw new AssertionError("nobody is present");
    }

    @Override
    public CompletionStage<Presence> presence(String topic) {
      throw new AssertionError("nobody is present");
    }

    @Override
    public void close() {}
  }
}
