package dev.priz.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.priz.WebSocket;
import dev.priz.WebSocketException;
import dev.priz.protocol.Binary;
import dev.priz.protocol.Close;
import dev.priz.protocol.CloseCode;
import dev.priz.protocol.Closed;
import dev.priz.protocol.Message;
import dev.priz.protocol.Ping;
import dev.priz.protocol.Pong;
import dev.priz.protocol.Text;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What passes between a user and a server from the open connection to its end. One thread reads the
 * user's lines and sends them; the caller's receives.
 */
final class Conversation {
  private static final Duration SIGNAL_TIMEOUT = Duration.ofSeconds(2);

  private final WebSocket ws;
  private final LineSource lines;
  private final Display display;
  private final Terms terms;
  private volatile long lastMessageNanos;
  private volatile boolean inputIsOver;
  private volatile boolean leaving;
  private volatile @Nullable CommandFailure failure;
  private long received;

  /** A conversation that has not begun. */
  Conversation(WebSocket ws, LineSource lines, Display display, Terms terms) {
    this.ws = ws;
    this.lines = lines;
    this.display = display;
    this.terms = terms;
  }

  /**
   * How it goes, and when it ends.
   *
   * @param count number of messages after which it ends, or 0
   * @param patience silence after the last line with which it ends, or null if the end of the lines
   *     is not its end
   * @param binary whether lines are sent as binary messages
   * @param verbose whether control frames are shown
   */
  record Terms(int count, @Nullable Duration patience, boolean binary, boolean verbose) {}

  /**
   * Converses until the connection has ended, which it closes when the user has no more lines, when
   * enough messages have come, or at a signal.
   *
   * @return how the connection ended
   * @throws CommandFailure if it did not end as it should
   */
  Closed run() {
    ws.showControlFrames();
    Thread sender = Thread.ofPlatform().daemon().name("priz-input").start(this::sendLines);
    try {
      ShutdownHook.during(() -> ws.forEach(this::receive), this::leaveAtSignal);
    } finally {
      sender.interrupt();
    }
    Closed closed = ws.closed();
    assert closed != null : "iteration ends with the connection";
    if (!leaving) judge(closed);
    return closed;
  }

  private void sendLines() {
    try {
      for (byte[] line = lines.next(); line != null; line = lines.next()) send(line);
      Duration patience = terms.patience();
      if (patience == null) return;
      awaitSilence(patience.toNanos());
      inputIsOver = true;
      ws.closeAsync(CloseCode.NORMAL, "");
    } catch (WebSocketException | InterruptedException | InterruptedIOException ended) {
      // The receiving thread tells how.
    } catch (CharacterCodingException notText) {
      fail(new CommandFailure("a line of the input is not UTF-8; --binary sends any bytes"));
    } catch (IOException unreadable) {
      fail(new CommandFailure("cannot read standard input: " + unreadable.getMessage()));
    }
  }

  private void send(byte[] line) throws CharacterCodingException {
    if (terms.binary()) {
      ws.send(line);
    } else {
      // Unlike new String, a decoder reports what it cannot decode.
      ws.send(UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString());
    }
  }

  // Until no message has come for a while, or the connection has ended.
  private void awaitSilence(long waitNanos) throws InterruptedException {
    lastMessageNanos = System.nanoTime();
    long leftNanos = waitNanos;
    while (leftNanos > 0) {
      try {
        ws.whenClosed().toCompletableFuture().get(leftNanos, TimeUnit.NANOSECONDS);
        return;
      } catch (TimeoutException stillOpen) {
        leftNanos = lastMessageNanos + waitNanos - System.nanoTime();
      } catch (ExecutionException impossible) {
        throw new AssertionError("the end never fails", impossible);
      }
    }
  }

  private void receive(Message message) {
    try {
      switch (message) {
        case Text text -> {
          if (isWanted()) display.text(text);
        }
        case Binary binary -> {
          if (isWanted()) display.binary(binary);
        }
        case Ping ping -> noteIfVerbose("ping", ping.data());
        case Pong pong -> noteIfVerbose("pong", pong.data());
        case Close close -> {}
      }
    } catch (OutputFailure unwritable) {
      fail(unwritable);
    }
  }

  // Counts a message; those after the last that was asked for are not shown.
  private boolean isWanted() {
    if (failure != null || (terms.count() > 0 && received == terms.count())) return false;
    lastMessageNanos = System.nanoTime();
    received++;
    if (received == terms.count()) ws.closeAsync(CloseCode.NORMAL, "");
    return true;
  }

  private void noteIfVerbose(String frame, byte[] data) {
    if (terms.verbose())
      display.note(data.length == 0 ? frame : frame + ": " + Printable.hex(data));
  }

  private void fail(CommandFailure why) {
    failure = why;
    ws.closeAsync(CloseCode.NORMAL, "");
  }

  private void leaveAtSignal() {
    leaving = true;
    var end = ws.closeAsync(CloseCode.GOING_AWAY, "").toCompletableFuture();
    try {
      end.get(SIGNAL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException leaveAnyway) {
      ws.abort();
    }
  }

  private void judge(Closed closed) {
    CommandFailure known = failure;
    if (known != null) throw known;
    if (terms.count() > 0 && received == terms.count()) return;
    String ending = describe(closed);
    switch (closed.code()) {
      case CloseCode.NORMAL, CloseCode.GOING_AWAY, CloseCode.NO_STATUS -> {
        if (terms.count() == 0 || inputIsOver) return;
        throw new CommandFailure(
            ending + " after " + received + " of " + terms.count() + " messages");
      }
      default -> throw new CommandFailure(ending);
    }
  }

  /** How a connection ended, in words. */
  static String describe(Closed closed) {
    String code = closed.code() + (closed.reason().isEmpty() ? "" : " \"" + closed.reason() + "\"");
    return switch (closed.by()) {
      case PEER -> "the server closed the connection with " + code;
      case THIS_END -> "the connection was closed with " + code;
      case NOBODY -> "the connection was lost (" + code + ")";
    };
  }
}
