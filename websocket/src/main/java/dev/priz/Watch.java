package dev.priz;

import dev.priz.netty.LogLimit;
import dev.priz.protocol.Closed;
import dev.priz.protocol.Violation;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what becomes of the connections of one server or client: to its observers, to the Flight
 * Recorder, and, as far as peers cannot flood it, to the log.
 */
final class Watch {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final int BURST_OF_ERRORS = 10;

  private final List<ConnectionObserver> observers;
  private final LogLimit violations = new LogLimit(1);
  private final LogLimit errors = new LogLimit(BURST_OF_ERRORS);
  private final Consumer<WebSocket> atEnd;

  /**
   * A watch.
   *
   * @param atEnd told of each end before the observers
   */
  Watch(List<ConnectionObserver> observers, Consumer<WebSocket> atEnd) {
    this.observers = List.copyOf(observers);
    this.atEnd = atEnd;
  }

  void opened(WebSocket ws) {
    var event = new FlightEvents.Opened();
    if (event.shouldCommit()) {
      event.path = ws.request().path();
      event.peer = String.valueOf(ws.remoteAddress());
      event.subprotocol = String.valueOf(ws.subprotocol());
      event.commit();
    }
    tell(observer -> observer.opened(ws));
  }

  void closed(WebSocket ws, CloseRecord record) {
    atEnd.accept(ws);
    record(record);
    if (record.droppedBytes() > 0) recordDropped(record);
    Violation violation = record.closed().violation();
    if (violation != null && LOG.isInfoEnabled()) {
      long held = violations.ask();
      if (held >= 0) LOG.info("{}{}", record, LogLimit.tail(held));
    } else {
      LOG.debug("{}", record);
    }
    tell(observer -> observer.closed(ws, record));
  }

  void refused(RefusalRecord record) {
    var event = new FlightEvents.Refused();
    if (event.shouldCommit()) {
      event.path = String.valueOf(record.path());
      event.peer = String.valueOf(record.peer());
      event.status = record.status();
      event.reason = record.reason();
      event.commit();
    }
    LOG.debug("refused {}", record);
    tell(observer -> observer.refused(record));
  }

  void dropped(WebSocket ws, String topic, long publications) {
    tell(observer -> observer.publicationsDropped(ws, topic, publications));
  }

  void callbackWasSlow(String path, long nanos) {
    var event = new FlightEvents.Slow();
    if (event.shouldCommit()) {
      event.path = path;
      event.took = nanos;
      event.commit();
    }
    tell(observer -> observer.callbackWasSlow(path, Duration.ofNanos(nanos)));
  }

  /**
   * Logs what code of the application threw, which peers may be able to cause at will.
   *
   * @param what did, and what comes of it
   */
  void threw(String what, @Nullable Throwable thrown) {
    long held = errors.ask();
    if (held >= 0) LOG.error("{}{}", what, LogLimit.tail(held), thrown);
  }

  private static void record(CloseRecord record) {
    var event = new FlightEvents.Ended();
    if (!event.shouldCommit()) return;
    Closed closed = record.closed();
    event.path = record.path();
    event.peer = String.valueOf(record.peer());
    event.cause = record.cause().name();
    event.code = closed.code();
    event.by = closed.by().name();
    event.violation = String.valueOf(closed.violation());
    event.limit = String.valueOf(record.limit());
    event.lasted = record.lasted().toNanos();
    event.commit();
  }

  private static void recordDropped(CloseRecord record) {
    var event = new FlightEvents.Dropped();
    event.path = record.path();
    event.peer = String.valueOf(record.peer());
    event.bytes = record.droppedBytes();
    event.commit();
  }

  private void tell(Consumer<ConnectionObserver> news) {
    for (ConnectionObserver observer : observers) {
      try {
        news.accept(observer);
      } catch (Throwable thrown) {
        threw("a connection observer threw", thrown);
      }
    }
  }
}
