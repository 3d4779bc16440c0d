package dev.priz.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.topic.Broker.History;
import dev.priz.topic.Broker.State;
import dev.priz.topic.Broker.Stored;
import dev.priz.topic.Heard.Change;
import dev.priz.topic.Outcome.Accepted;
import dev.priz.topic.Outcome.Reason;
import dev.priz.topic.Outcome.Rejected;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The broker of one process: the contract, and what it holds and lets go of. */
final class MemoryBrokerTest extends BrokerContract {
  private static final int MAX_TOPICS = 5;
  private static final Duration IDLE = Duration.ofHours(1);

  private final FakeNanos clock = new FakeNanos();
  private final Shared shared = new Shared(new Positions(), clock);
  private final MemoryBroker memory = new MemoryBroker(shared, MAX_TOPICS, IDLE, Duration.ZERO);

  @Override
  Broker open() {
    return memory;
  }

  @Override
  void pass(Duration time) {
    clock.pass(time);
    memory.sweep();
  }

  @Test
  void completesInPlace() {
    assertThat(memory.publish(topic, new byte[1], null, KEPT).toCompletableFuture()).isDone();
    assertThat(memory.subscribe(topic).toCompletableFuture()).isDone();
    assertThat(memory.top(topic).toCompletableFuture()).isDone();
    assertThat(memory.presence(topic).toCompletableFuture()).isDone();
  }

  @Test
  void startsAtZeroInEpochOfItsOwn() throws InterruptedException {
    try (var other = new MemoryBroker()) {
      Position start = top();
      Position otherStart = value(other.top(topic));

      assertThat(start.at()).isEqualTo("0-0");
      assertThat(otherStart.at()).isEqualTo("0-0");
      assertThat(start.epoch()).hasSize(11).isNotEqualTo(otherStart.epoch());
    }
  }

  @Test
  void keepsPublicationUntilItsTimeIsUp() throws InterruptedException {
    var retention = new Retention(10, Duration.ofSeconds(10));
    publish("1", retention);

    clock.pass(Duration.ofSeconds(10).minusNanos(1));
    List<String> before = texts(history(null));
    clock.pass(Duration.ofNanos(1));
    List<String> after = texts(history(null));

    assertThat(before).containsExactly("1");
    assertThat(after).isEmpty();
  }

  @Test
  void keepsPublicationForLongestTime() throws InterruptedException {
    Position start = top();
    publish("1", new Retention(10, Duration.ofSeconds(Long.MAX_VALUE)));
    pass(Duration.ofDays(10_000));

    History history = history(start, ALL, new Retention(10, Duration.ofSeconds(Long.MAX_VALUE)));

    assertThat(history.recovered()).isTrue();
  }

  @Test
  void listsNoLeaseThatIsOverBeforeTheSweep() throws InterruptedException {
    value(broker.subscribe(topic));
    enter("a");
    clock.pass(Duration.ofSeconds(Broker.LEASE_SECONDS));

    Presence presence = presence();
    memory.sweep();
    enter("b");

    assertThat(presence.count()).isZero();
    assertThat(heard.change()).isEqualTo(new Change(topic, "a", true, 1));
    assertThat(heard.change()).isEqualTo(new Change(topic, "a", false, 0));
    assertThat(heard.change()).isEqualTo(new Change(topic, "b", true, 1));
  }

  @Test
  void endsMoreLeasesThanItEndsAtOnce() throws InterruptedException {
    for (int i = 0; i < 2_500; i++) enter("member-" + i);
    value(broker.subscribe(topic));

    pass(Duration.ofSeconds(Broker.LEASE_SECONDS));

    for (int left = 2_499; left >= 0; left--) assertThat(heard.change().count()).isEqualTo(left);
  }

  @Test
  void holdsNoMoreTopicsThanItMay() throws InterruptedException {
    for (int i = 0; i < MAX_TOPICS; i++) publishTo("topic " + i, "text", Retention.NONE);

    Outcome outcome = value(broker.publish(topic, new byte[0], null, KEPT));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(Reason.TOO_MANY_TOPICS));
    assertThat(failure(broker.subscribe(topic)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("5 topics");
    assertThat(failure(broker.enter(topic, new Member("a", "1"))))
        .isInstanceOf(IllegalStateException.class);
    assertThat(publishTo("topic 0", "text", Retention.NONE)).isNotNull();
    assertThat(memory.topics()).isEqualTo(MAX_TOPICS);
  }

  @Test
  void makesNoTopicToReadIt() throws InterruptedException {
    top();
    history(null);
    presence();
    broker.unsubscribe(topic);
    broker.leave(topic, "a");

    assertThat(memory.topics()).isZero();
  }

  @Test
  void forgetsTopicThatNobodyUses() throws InterruptedException {
    publish("1", Retention.NONE);
    pass(IDLE.minusSeconds(1));
    int before = memory.topics();

    pass(Duration.ofSeconds(1));

    assertThat(before).isEqualTo(1);
    assertThat(memory.topics()).isZero();
  }

  @Test
  void forgetsNoTopicWithSubscription() throws InterruptedException {
    publish("1", Retention.NONE);
    value(broker.subscribe(topic));
    pass(IDLE.multipliedBy(2));
    int subscribed = memory.topics();

    broker.unsubscribe(topic);
    pass(IDLE);

    assertThat(subscribed).isEqualTo(1);
    assertThat(memory.topics()).isZero();
  }

  @Test
  void forgetsTopicOnceNothingInItIsLeft() throws InterruptedException {
    publish("1", new Retention(10, IDLE.multipliedBy(2)));
    publishOnce("key", "2");
    publish("3", new Retention(10, IDLE.multipliedBy(2)));
    enter("a");
    pass(IDLE.multipliedBy(2).minusSeconds(1));
    int before = memory.topics();

    pass(Duration.ofSeconds(1));

    assertThat(before).isEqualTo(1);
    assertThat(memory.topics()).isZero();
  }

  @Test
  void recoversNothingOfTopicThatWasForgotten() throws InterruptedException {
    Position start = top();
    publish("lost", Retention.NONE);
    pass(IDLE);

    History forgotten = history(start);
    publish("new");
    History anew = history(start);

    assertThat(forgotten.recovered()).isFalse();
    assertThat(anew.recovered()).isFalse();
    assertThat(texts(anew)).containsExactly("new");
  }

  @Test
  void recoversNothingOfTopicThatWasForgottenTwice() throws InterruptedException {
    publishTo("other", "text", Retention.NONE);
    pass(IDLE);
    Position start = top();
    publish("lost", Retention.NONE);
    pass(IDLE);
    publishTo("other", "text", Retention.NONE);

    History history = history(start);

    assertThat(start.offset()).isNotZero();
    assertThat(history.recovered()).isFalse();
  }

  @Test
  void recoversNothingFromTopThatWasForgottenBeforeAnother() throws InterruptedException {
    Position top = publish("1", Retention.NONE);
    publishTo("other", "text", Retention.NONE);
    pass(IDLE);
    publish("2");

    History history = history(top);

    assertThat(history.recovered()).isFalse();
  }

  @Test
  void chainsFirstPublicationOfForgottenTopicToItsTop() throws InterruptedException {
    publish("1", Retention.NONE);
    pass(IDLE);
    value(broker.subscribe(topic));
    Position top = top();

    Position position = publish("2", Retention.NONE);

    Stored told = heard.message().publication();
    assertThat(told.follows(top)).isTrue();
    assertThat(position.offset()).isGreaterThan(top.offset());
  }

  @Test
  void takesNoMoreIdempotencyKeysThanItMay() throws InterruptedException {
    for (int i = 0; i < Shared.MAX_KEYS; i++) {
      memory.publish(topic, new byte[0], "key " + i, Retention.NONE);
    }

    Outcome tooMany = publishOnce("one more", "text");
    Outcome known = publishOnce("key 0", "text");
    Outcome withoutKey = value(broker.publish(topic, new byte[0], null, KEPT));
    pass(Duration.ofMinutes(2));
    Outcome later = publishOnce("one more", "text");

    assertThat(tooMany)
        .isInstanceOfSatisfying(
            Rejected.class, rejected -> assertThat(rejected.reason()).isEqualTo(Reason.OVERLOADED));
    assertThat(known).isInstanceOf(Accepted.class);
    assertThat(withoutKey).isInstanceOf(Accepted.class);
    assertThat(later).isInstanceOf(Accepted.class);
    assertThat(shared.keyRoom().availablePermits()).isEqualTo(Shared.MAX_KEYS - 1);
  }

  @Test
  void refusesNegativeLimit() {
    assertThatThrownBy(() -> memory.history(topic, null, -1, KEPT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }

  @Test
  void refusesToHoldNoTopics() {
    assertThatThrownBy(() -> new MemoryBroker(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxTopics is 0");
  }

  @Test
  void holdsNothingOnceClosed() throws InterruptedException {
    publish("1");
    enter("a");

    broker.close();

    assertThat(memory.topics()).isZero();
    assertThat(heard.state()).isEqualTo(State.UP);
  }
}
