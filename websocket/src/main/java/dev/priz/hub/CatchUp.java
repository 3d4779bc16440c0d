package dev.priz.hub;

import dev.priz.topic.Broker;
import dev.priz.topic.Position;
import dev.priz.topic.Presence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers one request to subscribe: reads the history while what is published is held, and has the
 * subscription begin with both merged. A history that does not reach to what was held is read
 * again. On the event loop.
 */
final class CatchUp {
  // Beyond it, the client learns of the gap as of any other.
  private static final int MAX_READS = 3;
  // What a client may have missed and still gets.
  private static final int MAX_RECOVERED = 10_000;

  private final Session session;
  private final Subscriber subscriber;
  private final SessionSubscription subscription;
  private final Request.Subscribe request;
  private final boolean present;
  private int reads;

  CatchUp(
      Session session,
      Subscriber subscriber,
      SessionSubscription subscription,
      Request.Subscribe request,
      boolean present) {
    this.session = session;
    this.subscriber = subscriber;
    this.subscription = subscription;
    this.request = request;
    this.present = present;
  }

  void start() {
    reads++;
    var retention = subscription.hubTopic().options.retention();
    int limit = Math.max(request.last(), Math.min(retention.messages(), MAX_RECOVERED));
    session.onLoop(
        subscriber.hub.broker().history(request.topic(), request.since(), limit, retention),
        (history, failure) -> {
          if (history == null) {
            fail();
          } else if (!subscription.joins(history) && reads < MAX_READS) {
            subscription.holdAnew();
            start();
          } else if (request.watches()) {
            readPresence(history);
          } else {
            finish(history, null);
          }
        });
  }

  private void readPresence(Broker.History history) {
    session.onLoop(
        subscriber.hub.presence(request.topic()),
        (presence, failure) -> {
          if (presence == null) {
            fail();
          } else {
            finish(history, presence);
          }
        });
  }

  private void finish(Broker.History history, @Nullable Presence presence) {
    if (subscription.isEnded()) return;
    List<Broker.Stored> read = history.publications();
    if (!history.recovered()) {
      read = read.subList(Math.max(0, read.size() - request.last()), read.size());
    }
    Position since = request.since();
    Position start = history.recovered() && since != null ? since : before(read, history);
    subscriber.answer(
        Frames.subscribed(
            request.id(),
            request.topic(),
            start,
            history.recovered(),
            present ? subscriber.memberId() : null,
            presence));
    subscription.caughtUp(start, read, history);
  }

  private static Position before(List<Broker.Stored> read, Broker.History history) {
    if (read.isEmpty()) return history.top();
    Broker.Stored first = read.getFirst();
    return new Position(first.position().epoch(), first.prevOffset(), first.prevTag());
  }

  private void fail() {
    subscriber.end(subscription);
    session.error(
        request.id(), ErrorCode.UNAVAILABLE, "the broker does not answer, try again later");
  }
}
