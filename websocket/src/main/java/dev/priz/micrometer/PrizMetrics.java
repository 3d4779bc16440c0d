package dev.priz.micrometer;

import dev.priz.CloseRecord;
import dev.priz.ConnectionObserver;
import dev.priz.RefusalRecord;
import dev.priz.WebSocket;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts what becomes of connections, for Micrometer. Needs {@code io.micrometer:micrometer-core}
 * on the class path; one observer may serve several servers and clients.
 *
 * {@snippet class="dev.priz.docs.OperationsExample" region="metrics"}
 *
 * <p>The meters, with their tags beside those given to the constructor:
 *
 * <ul>
 *   <li>{@code priz.connections.open}: gauge, connections that are open now
 *   <li>{@code priz.connections.opened}: counter
 *   <li>{@code priz.connections.closed}: counter, {@code cause} of {@link CloseRecord.Cause},
 *       {@code code} (1000 to 1014 as they are, {@code 3xxx}, {@code 4xxx}, or {@code none}),
 *       {@code violation} or {@code none}, {@code limit} or {@code none}
 *   <li>{@code priz.connections.lasted}: timer, from opening to end
 *   <li>{@code priz.handshakes.refused}: counter, {@code status}
 *   <li>{@code priz.callbacks.slow}: timer, what kept an event loop for more than 100 ms
 *   <li>{@code priz.output.dropped}: counter, bytes that peers did not take before they were given
 *       up
 *   <li>{@code priz.publications.dropped}: counter, what slow subscribers of topics did not get
 * </ul>
 */
@SuppressWarnings("exports") // who calls this has Micrometer; nobody else is to need it
public final class PrizMetrics implements ConnectionObserver {
  private static final String CLOSED = "priz.connections.closed";
  private static final String NONE = "none";

  private final LongAdder open = new LongAdder();
  private final MeterRegistry registry;
  private final Tags common;
  private final Counter opened;
  private final Counter dropped;
  private final Counter publicationsDropped;
  private final Timer lasted;
  private final Timer slow;

  /**
   * Registers the meters.
   *
   * @param tags on each of them, such as the name of the server
   */
  public PrizMetrics(MeterRegistry registry, Iterable<Tag> tags) {
    this.registry = registry;
    common = Tags.of(tags);
    Gauge.builder("priz.connections.open", open, LongAdder::sum).tags(tags).register(registry);
    opened = registry.counter("priz.connections.opened", tags);
    lasted = registry.timer("priz.connections.lasted", tags);
    slow = registry.timer("priz.callbacks.slow", tags);
    publicationsDropped = registry.counter("priz.publications.dropped", tags);
    dropped =
        Counter.builder("priz.output.dropped").baseUnit("bytes").tags(tags).register(registry);
  }

  /** Registers the meters, without tags of the application's. */
  public PrizMetrics(MeterRegistry registry) {
    this(registry, Tags.empty());
  }

  @Override
  public void opened(WebSocket ws) {
    open.increment();
    opened.increment();
  }

  @Override
  public void closed(WebSocket ws, CloseRecord record) {
    open.decrement();
    lasted.record(record.lasted());
    dropped.increment((double) record.droppedBytes());
    Tags tags =
        common.and(
            Tag.of("cause", record.cause().name()),
            Tag.of("code", code(record.closed().code())),
            Tag.of("violation", orNone(record.closed().violation())),
            Tag.of("limit", orNone(record.limit())));
    registry.counter(CLOSED, tags).increment();
  }

  @Override
  public void refused(RefusalRecord record) {
    Tags tags = common.and(Tag.of("status", Integer.toString(record.status())));
    registry.counter("priz.handshakes.refused", tags).increment();
  }

  @Override
  public void publicationsDropped(WebSocket ws, String topic, long count) {
    publicationsDropped.increment((double) count);
  }

  @Override
  public void callbackWasSlow(String path, Duration took) {
    slow.record(took);
  }

  // Few values, though the peer may choose any of 2,000.
  private static String code(int code) {
    if (code < 3_000) return code == 1_005 || code == 1_006 ? NONE : Integer.toString(code);
    return code < 4_000 ? "3xxx" : "4xxx";
  }

  private static String orNone(@Nullable Object value) {
    return value == null ? NONE : value.toString();
  }
}
