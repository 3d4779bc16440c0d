package dev.priz.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.topic.Heard.Change;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Whom a broker says to be present. */
abstract class PresenceContract extends HistoryContract {

  @Test
  void findsNobodyInTopicThatNobodyEntered() throws InterruptedException {
    assertThat(presence()).isEqualTo(new Presence(0, List.of()));
  }

  @Test
  void listsLongestPresentFirst() throws InterruptedException {
    enter("a");
    enter("b");
    enter("c");
    enter("a");

    Presence presence = presence();

    assertThat(presence.count()).isEqualTo(3);
    assertThat(presence.members()).extracting(Member::id).containsExactly("a", "b", "c");
  }

  @Test
  void tellsJoinAndLeaveOnceEach() throws InterruptedException {
    value(broker.subscribe(topic));

    enter("a");
    enter("a");
    broker.leave(topic, "a");
    broker.leave(topic, "a");
    enter("b");

    assertThat(heard.change()).isEqualTo(new Change(topic, "a", true, 1));
    assertThat(heard.change()).isEqualTo(new Change(topic, "a", false, 0));
    assertThat(heard.change()).isEqualTo(new Change(topic, "b", true, 1));
  }

  @Test
  void tellsNobodyOfLeaveWithoutPresence() throws InterruptedException {
    value(broker.subscribe(topic));

    broker.leave(topic, "nobody");
    enter("a");

    assertThat(heard.change()).isEqualTo(new Change(topic, "a", true, 1));
  }

  @Test
  void takesNewValueWithoutTelling() throws InterruptedException {
    value(broker.subscribe(topic));
    value(broker.enter(topic, new Member("a", "\"old\"")));

    value(broker.enter(topic, new Member("a", "\"new\"")));
    enter("b");

    assertThat(presence().members()).contains(new Member("a", "\"new\""));
    assertThat(heard.change()).isEqualTo(new Change(topic, "a", true, 1));
    assertThat(heard.change()).isEqualTo(new Change(topic, "b", true, 2));
  }

  @Test
  void endsPresenceThatIsNotRenewed() throws InterruptedException {
    value(broker.subscribe(topic));
    enter("a");
    enter("b");
    pass(Duration.ofSeconds(20));
    enter("a");
    pass(Duration.ofSeconds(15));

    Presence presence = presence();

    assertThat(presence).isEqualTo(new Presence(1, List.of(new Member("a", "1"))));
    assertThat(heard.change()).isEqualTo(new Change(topic, "a", true, 1));
    assertThat(heard.change()).isEqualTo(new Change(topic, "b", true, 2));
    assertThat(heard.change()).isEqualTo(new Change(topic, "b", false, 1));
  }

  @Test
  void letsMemberComeBackAfterItsLease() throws InterruptedException {
    value(broker.subscribe(topic));
    enter("a");
    pass(Duration.ofSeconds(Broker.LEASE_SECONDS + 1));

    enter("a");

    assertThat(heard.change()).isEqualTo(new Change(topic, "a", true, 1));
    assertThat(heard.change()).isEqualTo(new Change(topic, "a", false, 0));
    assertThat(heard.change()).isEqualTo(new Change(topic, "a", true, 1));
    assertThat(presence().count()).isEqualTo(1);
  }

  @Test
  void tellsOfNoTopicWithoutSubscription() throws InterruptedException {
    value(broker.subscribe(topic));

    value(broker.enter("other-" + UUID.randomUUID(), new Member("a", "1")));
    enter("b");

    assertThat(heard.change()).isEqualTo(new Change(topic, "b", true, 1));
  }

  @Test
  void countsAllThoughItListsSome() throws InterruptedException {
    int count = Presence.MAX_LISTED + 100;
    for (int i = 0; i < count; i++) enter("member-" + i);

    Presence presence = presence();

    assertThat(presence.count()).isEqualTo(count);
    assertThat(presence.members()).hasSize(Presence.MAX_LISTED);
    assertThat(presence.members().getFirst().id()).isEqualTo("member-0");
  }

  @Test
  void countsRightWhileManyComeAndGo() throws InterruptedException {
    value(broker.subscribe(topic));
    var one = elsewhere(() -> comeAndGo("one-"));
    var other = elsewhere(() -> comeAndGo("other-"));
    value(one);
    value(other);
    int count = 0;

    for (int told = 0; told < 4 * 200; told++) {
      Change change = heard.change();
      count += change.present() ? 1 : -1;
      assertThat(change.count()).isEqualTo(count);
    }

    assertThat(count).isZero();
    assertThat(presence().count()).isZero();
  }

  @Test
  void letsAllLeaveAtClose() throws InterruptedException {
    value(broker.subscribe(topic));
    enter("a");
    enter("b");

    broker.close();

    assertThat(heard.change()).isEqualTo(new Change(topic, "a", true, 1));
    assertThat(heard.change()).isEqualTo(new Change(topic, "b", true, 2));
    assertThat(heard.change()).isEqualTo(new Change(topic, "a", false, 1));
    assertThat(heard.change()).isEqualTo(new Change(topic, "b", false, 0));
  }

  private void comeAndGo(String prefix) throws InterruptedException {
    for (int i = 0; i < 200; i++) {
      enter(prefix + i);
      broker.leave(topic, prefix + i);
    }
  }
}
