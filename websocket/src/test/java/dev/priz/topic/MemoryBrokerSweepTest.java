package dev.priz.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.topic.Broker.State;
import dev.priz.topic.Broker.Stored;
import dev.priz.topic.Heard.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The thread that looks for what is over. ThreadGuard sees to it that it ends. */
final class MemoryBrokerSweepTest {
  private static final String NAME = "priz-topics";
  private static final Member MEMBER = new Member("a", "1");

  private final FakeNanos clock = new FakeNanos();
  private final MemoryBroker broker =
      new MemoryBroker(
          new Shared(new Positions(), clock), 10, Duration.ofHours(1), Duration.ofMillis(1));

  @AfterEach
  void close() throws InterruptedException {
    broker.close();
    for (Thread thread : threads()) assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
  }

  @Test
  void hasNoThreadWhileNothingChangesWithTime() {
    broker.start(new Heard());
    broker.subscribe("topic");
    broker.publish("topic", new byte[0], null, Retention.NONE);

    assertThat(threads()).isEmpty();
  }

  @Test
  void tellsOfLeaseThatIsOver() throws InterruptedException {
    var heard = new Heard();
    broker.start(heard);
    broker.subscribe("topic");
    broker.enter("topic", MEMBER);
    Change joined = heard.change();

    clock.pass(Duration.ofSeconds(Broker.LEASE_SECONDS));

    assertThat(joined).isEqualTo(new Change("topic", "a", true, 1));
    assertThat(heard.change()).isEqualTo(new Change("topic", "a", false, 0));
  }

  @Test
  void goesOnThoughListenerThrows() throws InterruptedException {
    var heard = new Heard();
    broker.start(new Broken(heard));
    broker.subscribe("broken");
    broker.subscribe("topic");
    broker.enter("broken", MEMBER);
    broker.enter("topic", MEMBER);

    clock.pass(Duration.ofSeconds(Broker.LEASE_SECONDS));

    assertThat(heard.change()).isEqualTo(new Change("topic", "a", true, 1));
    assertThat(heard.change()).isEqualTo(new Change("topic", "a", false, 0));
  }

  @Test
  void endsItsThreadAtClose() throws InterruptedException {
    broker.start(new Heard());
    broker.enter("topic", MEMBER);
    List<Thread> threads = threads();

    broker.close();

    assertThat(threads).hasSize(1).allMatch(Thread::isDaemon);
    assertThat(threads.getFirst().join(Duration.ofSeconds(20))).isTrue();
  }

  @Test
  void startsNoThreadAfterClose() {
    broker.start(new Heard());
    broker.close();

    broker.enter("topic", MEMBER);

    assertThat(threads()).isEmpty();
  }

  private static List<Thread> threads() {
    Thread[] all = new Thread[2 * Thread.activeCount() + 64];
    int count = Thread.enumerate(all);
    List<Thread> found = new ArrayList<>(Arrays.asList(all).subList(0, count));
    found.removeIf(thread -> !thread.getName().equals(NAME));
    return found;
  }

  /** A listener that throws when someone leaves one topic. */
  private record Broken(Broker.Listener rest) implements Broker.Listener {
    @Override
    public void onMessage(String topic, Stored publication) {
      rest.onMessage(topic, publication);
    }

    @Override
    public void onPresence(String topic, Member member, boolean present, int count) {
      if (!topic.equals("broken")) rest.onPresence(topic, member, present, count);
      else if (!present) throw new IllegalStateException("thrown by a test's listener");
    }

    @Override
    public void onState(State state, long generation) {
      rest.onState(state, generation);
    }
  }
}
