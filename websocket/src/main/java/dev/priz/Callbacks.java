package dev.priz;

import dev.priz.netty.Link;
import dev.priz.protocol.Binary;
import dev.priz.protocol.Close;
import dev.priz.protocol.CloseCode;
import dev.priz.protocol.Event;
import dev.priz.protocol.Failed;
import dev.priz.protocol.Message;
import dev.priz.protocol.Part;
import dev.priz.protocol.Ping;
import dev.priz.protocol.Pong;
import dev.priz.protocol.Text;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The callbacks of one connection, called one at a time. All of it runs on the event loop.
 *
 * <p>Callbacks may be registered one after another while messages arrive already. So for a while,
 * until they are {@linkplain #settle settled}, an event without a callback stops the delivery
 * instead of being dropped.
 */
final class Callbacks {
  private final Link link;
  @Nullable Consumer<? super String> onText;
  @Nullable Consumer<? super byte[]> onBinary;
  @Nullable Consumer<? super Message> onMessage;
  @Nullable Consumer<? super byte[]> onPing;
  @Nullable Consumer<? super byte[]> onPong;
  private @Nullable Event held;
  private boolean settled;

  /** No callbacks yet. */
  Callbacks(Link link) {
    this.link = link;
  }

  /** Calls the callback for an event; false if it has to wait for one. */
  boolean deliver(Event event) {
    return switch (event) {
      case Text text -> call(onText, text.text()) || call(onMessage, text) || missing(text);
      case Binary binary ->
          call(onBinary, binary.data()) || call(onMessage, binary) || missing(binary);
      case Ping ping -> call(onPing, ping.data()) || missing(ping);
      case Pong pong -> call(onPong, pong.data()) || missing(pong);
      case Close close -> true;
      case Part part -> throw new AssertionError("callbacks get whole messages");
      case Failed failed -> throw new AssertionError("failures are errors, not messages");
    };
  }

  /** Declares that all callbacks are registered. */
  void settle() {
    settled = true;
  }

  /**
   * Delivers the event that had to wait, if it can be now; true if it was the obstacle and is gone.
   */
  boolean retry() {
    Event event = held;
    if (event == null) return false;
    held = null;
    return deliver(event);
  }

  private static <T> boolean call(@Nullable Consumer<? super T> callback, T value) {
    if (callback == null) return false;
    callback.accept(value);
    return true;
  }

  private boolean missing(Message message) {
    if (!settled) {
      held = message;
      return false;
    }
    boolean data = message instanceof Text || message instanceof Binary;
    if (data && (onText != null || onBinary != null)) {
      String kind = message instanceof Text ? "text" : "binary";
      link.close(new Close(CloseCode.UNSUPPORTED_DATA, kind + " messages are not accepted"));
    }
    return true;
  }
}
