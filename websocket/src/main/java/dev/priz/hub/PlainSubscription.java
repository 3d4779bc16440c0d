package dev.priz.hub;

import dev.priz.netty.LinkClosedException;
import dev.priz.topic.Subscription;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The subscription of a connection that speaks no subprotocol: it gets what is published as it is.
 */
final class PlainSubscription extends HubSubscription implements Subscription {
  private volatile @Nullable LongConsumer onDropped;

  PlainSubscription(Subscriber owner, HubTopic topic) {
    super(owner, topic);
  }

  @Override
  public String topic() {
    return hubTopic().name;
  }

  @Override
  public boolean isActive() {
    return !isEnded();
  }

  @Override
  public void unsubscribe() {
    owner.end(this);
  }

  @Override
  public Subscription presentAs(String json) {
    enter(Subscriber.presenceValue(json));
    return this;
  }

  @Override
  public Subscription onDropped(LongConsumer callback) {
    onDropped = callback;
    return this;
  }

  @Override
  void deliver(Delivery delivery) {
    if (isEnded()) return;
    try {
      if (sendsNow() && !delivery.excepts(owner.id)) {
        owner.link.send(delivery.batch(false));
      } else {
        for (Entry entry : delivery.entries()) {
          if (!entry.excepts(owner.id)) offer(entry);
        }
      }
    } catch (LinkClosedException gone) {
      // Its subscriptions end with it.
    }
  }

  @Override
  void send(Entry entry) throws LinkClosedException {
    owner.send(entry.plain());
  }

  @Override
  void dropped(long count) {
    LongConsumer callback = onDropped;
    if (callback != null) owner.call(() -> callback.accept(count));
  }

  @Override
  void tellPresence(String frame) {}
}
