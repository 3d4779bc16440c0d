package dev.priz.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.topic.Broker.State;
import dev.priz.topic.Broker.Stored;
import dev.priz.topic.Outcome.Accepted;
import dev.priz.topic.Outcome.Reason;
import dev.priz.topic.Outcome.Rejected;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What {@link Broker} promises, whatever is behind it: for the test of each broker to extend. */
abstract class BrokerContract extends PresenceContract {

  @Test
  void tellsThatItIsUp() throws InterruptedException {
    assertThat(heard.state()).isEqualTo(State.UP);
  }

  @Test
  void refusesSecondListener() {
    assertThatThrownBy(() -> broker.start(new Heard())).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void tellsSubscriberOfPublication() throws InterruptedException {
    value(broker.subscribe(topic));

    Position position = publish("hello");

    Heard.Message message = heard.message();
    assertThat(message.topic()).isEqualTo(topic);
    assertThat(message.text()).isEqualTo("hello");
    assertThat(message.publication().position()).isEqualTo(position);
    assertThat(top()).isEqualTo(position);
  }

  @Test
  void tellsOfPublicationsThatAreNotKept() throws InterruptedException {
    value(broker.subscribe(topic));

    publish("hello", Retention.NONE);

    assertThat(heard.message().text()).isEqualTo("hello");
  }

  @Test
  void chainsEachPublicationToTheOneBefore() throws InterruptedException {
    value(broker.subscribe(topic));
    Position before = top();
    publish("1", KEPT);
    publish("2", Retention.NONE);
    publish("3", KEPT);

    List<Stored> told = heard.publications(3);

    assertChained(before, told);
    assertThat(top()).isEqualTo(told.getLast().position());
  }

  @Test
  void putsPublicationsOfManyThreadsInOneOrder() throws InterruptedException {
    value(broker.subscribe(topic));
    Position before = top();
    int threads = 8;
    int each = 250;
    List<CompletableFuture<@Nullable Void>> publishing = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      String thread = "thread-" + i;
      publishing.add(elsewhere(() -> publishNumbers(thread, each)));
    }

    List<Stored> told = heard.publications(threads * each);

    for (var publisher : publishing) value(publisher);
    assertChained(before, told);
    assertThat(history(before).publications()).usingRecursiveComparison().isEqualTo(told);
    for (int i = 0; i < threads; i++) assertInOrder("thread-" + i, each, told);
  }

  @Test
  void tellsOfNoOtherTopic() throws InterruptedException {
    value(broker.subscribe(topic));

    publishTo("other-" + UUID.randomUUID(), "missed", KEPT);
    publish("told");

    assertThat(heard.message().text()).isEqualTo("told");
  }

  @Test
  void keepsTopicsApart() throws InterruptedException {
    String other = "other-" + UUID.randomUUID();
    Position first = publish("1");
    publishTo(other, "elsewhere", KEPT);
    publish("2");

    assertThat(texts(history(first))).containsExactly("2");
    assertThat(texts(value(broker.history(other, null, ALL, KEPT)))).containsExactly("elsewhere");
  }

  @Test
  void tellsNoMoreAfterUnsubscribe() throws InterruptedException {
    value(broker.subscribe(topic));
    broker.unsubscribe(topic);
    // What was under way may be told until then.
    pass(Duration.ofSeconds(2));
    Position missed = publish("missed");
    value(broker.subscribe(topic));

    publish("told");

    Heard.Message message = heard.message();
    assertThat(message.text()).isEqualTo("told");
    assertThat(message.publication().follows(missed)).isTrue();
  }

  @Test
  void takesIdempotencyKeyOnce() throws InterruptedException {
    value(broker.subscribe(topic));
    Outcome first = publishOnce("key", "first");
    Outcome between = publishOnce("other key", "between");

    Outcome again = publishOnce("key", "again");

    publish("last");
    assertThat(first).isInstanceOf(Accepted.class);
    assertThat(between).isNotEqualTo(first);
    assertThat(again).isEqualTo(first);
    assertThat(heard.message().text()).isEqualTo("first");
    assertThat(heard.message().text()).isEqualTo("between");
    assertThat(heard.message().text()).isEqualTo("last");
    assertThat(texts(history(null))).containsExactly("first", "between", "last");
  }

  @Test
  void takesIdempotencyKeyOnceOfMany() throws InterruptedException {
    Set<Outcome> outcomes = ConcurrentHashMap.newKeySet();
    List<CompletableFuture<@Nullable Void>> publishing = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      publishing.add(elsewhere(() -> outcomes.add(publishOnce("key", "text"))));
    }

    for (var publisher : publishing) value(publisher);

    assertThat(outcomes).hasSize(1);
    assertThat(texts(history(null))).containsExactly("text");
  }

  @Test
  void takesIdempotencyKeyOncePerTopic() throws InterruptedException {
    Outcome here = publishOnce("key", "here");

    Outcome there =
        value(broker.publish("other-" + UUID.randomUUID(), "there".getBytes(UTF_8), "key", KEPT));

    assertThat(there).isInstanceOf(Accepted.class).isNotEqualTo(here);
  }

  @Test
  void keepsIdempotencyKeyForTwoMinutes() throws InterruptedException {
    Outcome first = publishOnce("key", "first");

    pass(Duration.ofSeconds(115));
    Outcome inTime = publishOnce("key", "in time");
    pass(Duration.ofSeconds(10));
    Outcome late = publishOnce("key", "late");

    assertThat(inTime).isEqualTo(first);
    assertThat(late).isInstanceOf(Accepted.class).isNotEqualTo(first);
    assertThat(texts(history(null))).containsExactly("first", "late");
  }

  @Test
  void acceptsNothingOnceClosed() throws InterruptedException {
    value(broker.subscribe(topic));
    broker.close();
    broker.close();

    Outcome outcome = value(broker.publish(topic, new byte[0], null, KEPT));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Rejected.class, rejected -> assertThat(rejected.reason()).isEqualTo(Reason.CLOSED));
    assertThat(failure(broker.subscribe(topic))).isInstanceOf(IllegalStateException.class);
    assertThat(failure(broker.enter(topic, new Member("a", "1"))))
        .isInstanceOf(IllegalStateException.class);
    assertThat(failure(broker.top(topic))).isInstanceOf(IllegalStateException.class);
    assertThat(failure(broker.history(topic, null, 1, KEPT)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(failure(broker.presence(topic))).isInstanceOf(IllegalStateException.class);
    broker.leave(topic, "a");
    broker.unsubscribe(topic);
  }

  private void publishNumbers(String prefix, int count) throws InterruptedException {
    for (int i = 0; i < count; i++) publish(prefix + " " + i);
  }

  private static void assertInOrder(String prefix, int count, List<Stored> told) {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < count; i++) expected.add(prefix + " " + i);
    assertThat(told.stream().map(stored -> new String(stored.bytes(), UTF_8)))
        .filteredOn(text -> text.startsWith(prefix + " "))
        .isEqualTo(expected);
  }

  private static void assertChained(Position before, List<Stored> publications) {
    Position last = before;
    Set<Long> offsets = new HashSet<>();
    for (Stored publication : publications) {
      assertThat(publication.follows(last)).isTrue();
      assertThat(Long.compareUnsigned(publication.position().offset(), last.offset())).isPositive();
      assertThat(offsets.add(publication.position().offset())).isTrue();
      last = publication.position();
    }
  }
}
