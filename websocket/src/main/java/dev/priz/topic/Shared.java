package dev.priz.topic;

import dev.priz.topic.Broker.Listener;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What all topics of a broker in this process share.
 *
 * @param keyRoom a permit for each idempotency key that may still be taken
 * @param nanoClock a clock as {@link System#nanoTime}
 * @param listener null until the broker is started
 */
record Shared(
    Positions positions,
    Semaphore keyRoom,
    LongSupplier nanoClock,
    AtomicReference<@Nullable Listener> listener) {

  /** The most idempotency keys at a time, in all topics together. */
  static final int MAX_KEYS = 100_000;

  /** Without a listener or a key. */
  Shared(Positions positions, LongSupplier nanoClock) {
    this(positions, new Semaphore(MAX_KEYS), nanoClock, new AtomicReference<>());
  }
}
