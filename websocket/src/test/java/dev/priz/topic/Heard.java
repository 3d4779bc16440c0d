package dev.priz.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.priz.topic.Broker.State;
import dev.priz.topic.Broker.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a broker told its listener. */
final class Heard implements Broker.Listener {
  private static final long SECONDS = 20;

  private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
  private final BlockingQueue<Change> changes = new LinkedBlockingQueue<>();
  private final BlockingQueue<State> states = new LinkedBlockingQueue<>();

  /** The next publication. */
  Message message() throws InterruptedException {
    return next(messages);
  }

  /** So many publications. */
  List<Stored> publications(int count) throws InterruptedException {
    List<Stored> all = new ArrayList<>();
    while (all.size() < count) all.add(message().publication);
    return all;
  }

  /** The next join or leave. */
  Change change() throws InterruptedException {
    return next(changes);
  }

  /** The next state. */
  State state() throws InterruptedException {
    return next(states);
  }

  @Override
  public void onMessage(String topic, Stored publication) {
    messages.add(new Message(topic, publication));
  }

  @Override
  public void onPresence(String topic, Member member, boolean present, int count) {
    changes.add(new Change(topic, member.id(), present, count));
  }

  @Override
  public void onState(State state, long generation) {
    states.add(state);
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T element = queue.poll(SECONDS, TimeUnit.SECONDS);
    if (element == null) throw new AssertionError("nothing came within " + SECONDS + " s");
    return element;
  }

  /** A publication to a topic. */
  record Message(String topic, Stored publication) {
    String text() {
      return new String(publication.bytes(), UTF_8);
    }
  }

  /** A join or leave. */
  record Change(String topic, String memberId, boolean present, int count) {}
}
