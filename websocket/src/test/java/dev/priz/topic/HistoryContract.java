package dev.priz.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.topic.Broker.History;
import dev.priz.topic.Broker.Stored;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a broker recovers, and what it plainly does not. */
abstract class HistoryContract extends BrokerFixture {
  private static final Retention TWO = new Retention(2, Duration.ofMinutes(10));
  private static final Retention TEN_SECONDS = new Retention(1_000, Duration.ofSeconds(10));

  @Test
  void recoversAllThatCameAfterPosition() throws InterruptedException {
    Position first = publish("1");
    publish("2");
    Position third = publish("3");

    History history = history(first);

    assertThat(history.recovered()).isTrue();
    assertThat(history.top()).isEqualTo(third);
    assertThat(texts(history)).containsExactly("2", "3");
  }

  @Test
  void tellsInHistoryWhatItTellsListener() throws InterruptedException {
    value(broker.subscribe(topic));
    publish("1");
    publish("2");

    List<Stored> kept = history(null).publications();

    List<Stored> told = heard.publications(2);
    assertThat(kept).usingRecursiveComparison().isEqualTo(told);
  }

  @Test
  void recoversNothingMissedFromTop() throws InterruptedException {
    publish("1");
    Position top = publish("2");

    assertThat(history(top)).isEqualTo(new History(true, top, List.of()));
    assertThat(history(top, 0, KEPT)).isEqualTo(new History(true, top, List.of()));
  }

  @Test
  void recoversFromTopThoughNothingIsKept() throws InterruptedException {
    publish("1", Retention.NONE);
    Position top = publish("2", Retention.NONE);

    History history = history(top, ALL, Retention.NONE);

    assertThat(history).isEqualTo(new History(true, top, List.of()));
  }

  @Test
  void recoversFromBeforeFirstPublication() throws InterruptedException {
    Position start = top();
    publish("1");
    publish("2");

    History history = history(start);

    assertThat(history.recovered()).isTrue();
    assertThat(texts(history)).containsExactly("1", "2");
  }

  @Test
  void recoversFromTopOfTopicWithoutPublications() throws InterruptedException {
    Position start = top();

    assertThat(history(start)).isEqualTo(new History(true, start, List.of()));
    assertThat(history(null)).isEqualTo(new History(false, start, List.of()));
  }

  @Test
  void recoversNothingFromBeforeFirstThatIsNotKept() throws InterruptedException {
    Position start = top();
    publish("1", TWO);
    publish("2", TWO);
    publish("3", TWO);

    History history = history(start);

    assertThat(history.recovered()).isFalse();
    assertThat(texts(history)).containsExactly("2", "3");
  }

  @Test
  void recoversNothingOfOtherEpoch() throws InterruptedException {
    Position first = publish("1");
    Position second = publish("2");

    History fromFirst = history(new Position("other", first.offset(), first.tag()));
    History fromTop = history(new Position("other", second.offset(), second.tag()));

    assertThat(fromFirst.recovered()).isFalse();
    assertThat(texts(fromFirst)).containsExactly("1", "2");
    assertThat(fromTop.recovered()).isFalse();
  }

  @Test
  void recoversNothingFromBeyondTop() throws InterruptedException {
    Position top = publish("1");

    History next = history(new Position(top.epoch(), top.offset() + 1, top.tag()));
    History last = history(new Position(top.epoch(), -1, top.tag()));

    assertThat(next.recovered()).isFalse();
    assertThat(last.recovered()).isFalse();
    assertThat(last.top()).isEqualTo(top);
  }

  @Test
  void recoversNothingFromPositionWithOtherTag() throws InterruptedException {
    Position first = publish("1");
    Position top = publish("2");

    History fromFirst = history(new Position(first.epoch(), first.offset(), first.tag() + 1));
    History fromTop = history(new Position(top.epoch(), top.offset(), top.tag() + 1));

    assertThat(fromFirst.recovered()).isFalse();
    assertThat(texts(fromFirst)).containsExactly("1", "2");
    assertThat(fromTop.recovered()).isFalse();
  }

  @Test
  void recoversUpToWhatWasTrimmedByCount() throws InterruptedException {
    Position first = publish("1", TWO);
    Position second = publish("2", TWO);
    publish("3", TWO);
    publish("4", TWO);

    History fromFirst = history(first);
    History fromSecond = history(second);

    assertThat(fromFirst.recovered()).isFalse();
    assertThat(texts(fromFirst)).containsExactly("3", "4");
    assertThat(fromSecond.recovered()).isTrue();
    assertThat(texts(fromSecond)).containsExactly("3", "4");
  }

  @Test
  void comparesTagOfPublicationThatWasJustTrimmed() throws InterruptedException {
    publish("1", TWO);
    Position second = publish("2", TWO);
    publish("3", TWO);
    publish("4", TWO);

    History history = history(new Position(second.epoch(), second.offset(), second.tag() + 1));

    assertThat(history.recovered()).isFalse();
  }

  @Test
  void recoversUpToWhatWasTrimmedByTime() throws InterruptedException {
    Position first = publish("1", TEN_SECONDS);
    Position second = publish("2", TEN_SECONDS);
    pass(Duration.ofSeconds(6));
    publish("3", TEN_SECONDS);
    pass(Duration.ofSeconds(6));

    History fromFirst = history(first);
    History fromSecond = history(second);

    assertThat(fromFirst.recovered()).isFalse();
    assertThat(texts(fromFirst)).containsExactly("3");
    assertThat(fromSecond.recovered()).isTrue();
    assertThat(texts(fromSecond)).containsExactly("3");
  }

  @Test
  void knowsTopOfHistoryThatIsOver() throws InterruptedException {
    Position first = publish("1", TEN_SECONDS);
    Position top = publish("2", TEN_SECONDS);
    pass(Duration.ofSeconds(11));

    assertThat(history(first)).isEqualTo(new History(false, top, List.of()));
    assertThat(history(top)).isEqualTo(new History(true, top, List.of()));
    assertThat(top()).isEqualTo(top);
  }

  @Test
  void chainsPublicationsAcrossHistoryThatIsOver() throws InterruptedException {
    Position first = publish("1", TEN_SECONDS);
    pass(Duration.ofSeconds(11));
    publish("2", TEN_SECONDS);

    History history = history(first);

    assertThat(history.recovered()).isTrue();
    assertThat(texts(history)).containsExactly("2");
  }

  @Test
  void recoversNoMoreThanLimit() throws InterruptedException {
    Position first = publish("1");
    publish("2");
    publish("3");
    publish("4");

    History three = history(first, 3, KEPT);
    History two = history(first, 2, KEPT);
    History none = history(first, 0, KEPT);

    assertThat(three.recovered()).isTrue();
    assertThat(texts(three)).containsExactly("2", "3", "4");
    assertThat(two.recovered()).isFalse();
    assertThat(texts(two)).containsExactly("3", "4");
    assertThat(none.recovered()).isFalse();
    assertThat(texts(none)).isEmpty();
  }

  @Test
  void readsNewestWithoutPosition() throws InterruptedException {
    publish("1");
    publish("2");
    publish("3");

    History history = history(null, 2, KEPT);

    assertThat(history.recovered()).isFalse();
    assertThat(texts(history)).containsExactly("2", "3");
  }

  @Test
  void holdsReaderToItsRetention() throws InterruptedException {
    Position first = publish("1");
    publish("2");
    pass(Duration.ofSeconds(11));
    publish("3");
    publish("4");
    publish("5");

    History two = history(first, ALL, TWO);
    History tenSeconds = history(first, ALL, TEN_SECONDS);

    assertThat(two.recovered()).isFalse();
    assertThat(texts(two)).containsExactly("4", "5");
    assertThat(tenSeconds.recovered()).isFalse();
    assertThat(texts(tenSeconds)).containsExactly("3", "4", "5");
  }

  @Test
  void recoversNothingAcrossPublicationThatIsNotKept() throws InterruptedException {
    Position first = publish("1");
    Position second = publish("2", Retention.NONE);
    publish("3");

    History fromFirst = history(first);
    History fromSecond = history(second);

    assertThat(fromFirst.recovered()).isFalse();
    assertThat(texts(fromFirst)).containsExactly("3");
    assertThat(fromSecond.recovered()).isTrue();
    assertThat(texts(fromSecond)).containsExactly("3");
  }

  @Test
  void recoversWithoutGapWhileOthersPublish() throws InterruptedException {
    Position since = publish("start");
    int count = 2_000;
    var one = elsewhere(() -> publishMany(count));
    var other = elsewhere(() -> publishMany(count));
    int read = 0;

    while (read < 2 * count) {
      History history = history(since);
      assertThat(history.recovered()).isTrue();
      for (Stored publication : history.publications()) {
        assertThat(publication.follows(since)).isTrue();
        since = publication.position();
      }
      assertThat(history.top()).isEqualTo(since);
      read += history.publications().size();
    }

    value(one);
    value(other);
    assertThat(top()).isEqualTo(since);
  }

  private void publishMany(int count) throws InterruptedException {
    for (int i = 0; i < count; i++) publish("x");
  }
}
