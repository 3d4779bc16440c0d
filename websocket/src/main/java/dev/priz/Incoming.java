package dev.priz;

import dev.priz.hub.Subscriber;
import dev.priz.netty.Link;
import dev.priz.netty.LinkEnd;
import dev.priz.netty.LinkListener;
import dev.priz.protocol.Close;
import dev.priz.protocol.CloseCode;
import dev.priz.protocol.Closed;
import dev.priz.protocol.Event;
import dev.priz.protocol.Failed;
import dev.priz.protocol.Ping;
import dev.priz.protocol.Pong;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What comes in on one connection, handed over in the one way that the application has chosen: to
 * threads that ask for whole messages, to threads that ask for streams, or to callbacks.
 */
final class Incoming implements LinkListener, Subscriber.Owner {
  private static final long SETTLE_MILLIS = 1_000;

  private final Link link;
  private final int inboxBytes;
  private final String path;
  private final Watch watch;
  private final long openedNanos = System.nanoTime();
  // What follows is made when it is needed, because each idle connection would keep it.
  private @Nullable CompletableFuture<Closed> end;
  private @Nullable Callbacks callbacks;
  private volatile Style style = Style.UNDECIDED;
  private volatile @Nullable Inbox inbox;
  private volatile @Nullable Closed closed;
  // Under the lock: whether all who are called first have been told of the end.
  private boolean told;
  // A timer for each would keep connections that have ended for as long as it runs.
  private boolean inSetup;
  private volatile @Nullable DecodingException refusal;
  // What follows belongs to the event loop.
  private boolean showsControl;
  // Why this end stopped listening, if it did.
  private CloseRecord.@Nullable Cause fault;
  private @Nullable Consumer<? super Throwable> onError;
  private @Nullable Consumer<? super Closed> onClose;
  // The first error, until someone wants to know.
  private @Nullable Throwable untold;
  private @Nullable WebSocket owner;

  /**
   * The incoming side of a link.
   *
   * @param path names the connection in logs
   * @param watch told of the end, and of what the application throws
   */
  Incoming(Link link, int inboxBytes, String path, Watch watch) {
    this.link = link;
    this.inboxBytes = inboxBytes;
    this.path = path;
    this.watch = watch;
  }

  /** Tells the watch that the connection is open, and of its end later. */
  void opened(WebSocket ws) {
    owner = ws;
    watch.opened(ws);
  }

  /** How messages are handed over; decided once. */
  enum Style {
    UNDECIDED("nobody"),
    /** Closed before anyone asked for a message; who asks then may still decide. */
    DROPPED("nobody"),
    MESSAGES("receive()"),
    STREAMS("receiveStream()"),
    CALLBACKS("callbacks");

    private final String described;

    Style(String described) {
      this.described = described;
    }
  }

  /**
   * The queue for threads that ask; begins to read.
   *
   * @param wanted {@link Style#MESSAGES} or {@link Style#STREAMS}
   * @throws IllegalStateException if another style was chosen before, or on the event loop
   */
  Inbox inbox(Style wanted) {
    Waiting.check(wanted.described);
    Inbox existing = inbox;
    return style == wanted && existing != null ? existing : openInbox(wanted);
  }

  /** Has Ping, Pong and Close put into the inbox too. */
  void showControl() {
    link.onLoop(() -> showsControl = true);
  }

  /** Has callbacks settle with {@link #start} and no earlier; before the first is registered. */
  void beginSetup() {
    inSetup = true;
  }

  /**
   * Registers a callback, and begins to read.
   *
   * @param registration sets it
   * @throws IllegalStateException if another style was chosen before
   */
  void register(Consumer<Callbacks> registration) {
    boolean first = choose(Style.CALLBACKS);
    link.onLoop(() -> {
      registration.accept(callbacks());
      retry();
    });
    if (first) {
      if (!inSetup) link.onLoopLater(this::settle, SETTLE_MILLIS);
      // A turn later, so that an onOpen that is registered after it comes first.
      link.onLoopSoon(link::resume);
    }
  }

  /** Has a callback called soon: the connection is open already. */
  void onOpen(Runnable callback) {
    link.onLoopSoon(() -> {
      try {
        callback.run();
      } catch (Throwable thrown) {
        failed(thrown, "onOpen of " + path);
      }
    });
  }

  /** Registers the callback for the end; called at once if that has come. */
  void onClose(Consumer<? super Closed> callback) {
    link.onLoopWhileItRuns(() -> {
      onClose = callback;
      Closed already = closed;
      if (already != null) callOnClose(already);
    });
  }

  /** Registers the callback for errors; called at once if there has been one. */
  void onError(Consumer<? super Throwable> callback) {
    link.onLoopWhileItRuns(() -> {
      onError = callback;
      Throwable before = untold;
      untold = null;
      if (before != null) fail(before);
    });
  }

  /** Begins to read if nothing has yet, and lets callbacks that are missing be missing. */
  void start() {
    if (choose(Style.CALLBACKS, true)) link.resume();
    link.onLoopSoon(this::settle);
  }

  /**
   * Has what comes read and dropped where nobody asks for it, so that the peer's Close frame is
   * found behind it.
   */
  void readToEnd() {
    choose(Style.DROPPED, true);
    Inbox waiting = inbox;
    if (waiting != null) waiting.dropWhenFull();
    link.onLoop(this::settle);
    link.resume();
  }

  /** How the connection ended, or null while it has not. */
  @Nullable Closed closed() {
    return closed;
  }

  /** Completes with how the connection ended, after the callback for that. */
  synchronized CompletableFuture<Closed> end() {
    if (end == null) {
      end = told ? CompletableFuture.completedFuture(closed) : new LoopFuture<>();
    }
    return end;
  }

  /** Deals with what a handler threw: tells, and closes the connection with code 1011. */
  void failed(Throwable thrown, String where) {
    // The peer's fault, and told already.
    if (thrown == refusal) return;
    link.onLoop(() -> {
      // So callbacks are told that they come too late to send anything; not a fault of theirs.
      if (thrown instanceof ConnectionClosedException && link.isClosing()) return;
      if (onError == null) watch.threw(where + " threw, its connection is closed", thrown);
      fail(thrown);
      fault = CloseRecord.Cause.THROWN;
      link.close(new Close(CloseCode.INTERNAL_ERROR, "internal error"));
    });
  }

  /**
   * Deals with a message that a codec does not take: tells, closes the connection, and drops what
   * else there is to receive.
   *
   * @return what to throw: the same for all who meet such a message
   */
  DecodingException refuse(Close close, DecodingException why) {
    DecodingException first = firstRefusal(why);
    if (first != why) return first;
    Inbox waiting = inbox;
    if (waiting != null) waiting.dropAll();
    link.onLoop(() -> {
      fault = CloseRecord.Cause.UNDECODABLE;
      fail(why);
      link.close(close);
    });
    link.resume();
    return why;
  }

  @Override
  public boolean receive(Event event) {
    Inbox waiting = inbox;
    if (event instanceof Failed failure) fail(new ProtocolViolationException(failure));
    if (waiting != null) return put(event, waiting);
    if (fault != null || event instanceof Failed) return true;
    try {
      return callbacks().deliver(event);
    } catch (Throwable thrown) {
      failed(thrown, "a callback of " + path);
      return true;
    }
  }

  @Override
  public int heldBytes() {
    Inbox waiting = inbox;
    return waiting == null ? 0 : waiting.bytes();
  }

  @Override
  public void took(long nanos) {
    if (inbox == null && callbacks != null) SlowCallback.check(nanos, callbacks, path, watch);
  }

  @Override
  public void failed(Throwable cause) {
    fail(cause);
  }

  @Override
  public void dropped(String topic, long count) {
    WebSocket ws = owner;
    if (ws != null) watch.dropped(ws, topic, count);
  }

  @Override
  public void threw(Throwable thrown) {
    failed(thrown, "a callback of a topic");
  }

  @Override
  public void closed(Closed how, LinkEnd linkEnd) {
    closed = how;
    Inbox waiting = inbox;
    if (waiting != null) waiting.end();
    callOnClose(how);
    if (owner != null) watch.closed(owner, record(how, linkEnd));
    CompletableFuture<Closed> awaited;
    synchronized (this) {
      told = true;
      awaited = end;
    }
    if (awaited != null) awaited.complete(how);
  }

  private CloseRecord record(Closed how, LinkEnd linkEnd) {
    return new CloseRecord(
        path,
        link.remoteAddress(),
        CloseRecord.cause(how, linkEnd, fault),
        how,
        Duration.ofNanos(System.nanoTime() - openedNanos),
        linkEnd.droppedBytes());
  }

  private synchronized DecodingException firstRefusal(DecodingException why) {
    DecodingException first = refusal;
    if (first == null) first = why;
    refusal = first;
    return first;
  }

  private boolean put(Event event, Inbox waiting) {
    boolean shown = !(event instanceof Failed) && !isHidden(event);
    boolean more = !shown || waiting.add(event);
    if (event instanceof Failed || event instanceof Close) waiting.complete();
    return more;
  }

  private boolean isHidden(Event event) {
    return (!showsControl || style == Style.STREAMS)
        && (event instanceof Ping || event instanceof Pong || event instanceof Close);
  }

  private void settle() {
    callbacks().settle();
    retry();
  }

  private void retry() {
    try {
      if (callbacks().retry()) link.resume();
    } catch (Throwable thrown) {
      failed(thrown, "a callback of " + path);
      link.resume();
    }
  }

  private void callOnClose(Closed how) {
    if (onClose == null) return;
    try {
      onClose.accept(how);
    } catch (Throwable thrown) {
      watch.threw("onClose of " + path + " threw", thrown);
    }
  }

  private void fail(Throwable cause) {
    if (onError == null) {
      if (untold == null) untold = cause;
      return;
    }
    try {
      onError.accept(cause);
    } catch (Throwable thrown) {
      watch.threw("onError of " + path + " threw", thrown);
    }
  }

  private Callbacks callbacks() {
    if (callbacks == null) callbacks = new Callbacks(link);
    return callbacks;
  }

  private Inbox openInbox(Style wanted) {
    Inbox opened;
    synchronized (this) {
      boolean closing = style == Style.DROPPED;
      if (!choose(wanted)) return inbox(wanted);
      opened = new Inbox(link, inboxBytes);
      if (closing) opened.dropWhenFull();
      inbox = opened;
    }
    // What the application sends in answer to a message goes out even if a Close frame is behind
    // it.
    link.holdAnswers();
    if (wanted == Style.STREAMS) link.streamMessages();
    // After the end there is nothing to wait for, and nobody else says so.
    if (closed != null) opened.end();
    link.resume();
    return opened;
  }

  private boolean choose(Style wanted) {
    return choose(wanted, false);
  }

  private synchronized boolean choose(Style wanted, boolean orKeep) {
    if (style == Style.UNDECIDED || (style == Style.DROPPED && !orKeep)) {
      style = wanted;
      return true;
    }
    if (style != wanted && !orKeep) {
      throw new IllegalStateException(
          "messages of this connection go to " + style.described + ", not to " + wanted.described);
    }
    return false;
  }
}
