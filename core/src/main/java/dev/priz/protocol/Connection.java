package dev.priz.protocol;

import dev.priz.protocol.deflate.DeflateEncoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The WebSocket protocol after the opening handshake, for one connection and either side, without
 * input or output of its own (RFC 6455 §5 to §8).
 *
 * <p>Its caller feeds it the peer's bytes ({@link #receive}), the end of the stream ({@link
 * #receiveEnd}), the passing of time ({@link #timeout}) and the application's wishes ({@code
 * send…}, {@link #close}). It returns events, writes the bytes that are to go out into buffers that
 * the caller lends it, and names the time at which it wants to be called again. Equal calls give
 * equal results, however the peer's bytes are split.
 *
 * <p>After each call that takes input, the caller writes what {@link #poll} gives. When {@link
 * #state} is {@link State#DRAINING} and all output is written, it ends its half of the TCP
 * connection if {@link #endsOutput} says so; when it is {@link State#CLOSED}, it closes the TCP
 * connection.
 *
 * <p>Not safe for use by several threads at once. Times are nanoseconds on any clock that never
 * jumps, such as {@link System#nanoTime}.
 */
// Longer than others: what callers must know of each call takes more room than the calls.
public final class Connection {
  /** What {@link #deadlineNanos} returns when there is nothing to wait for. */
  public static final long NO_DEADLINE = Long.MAX_VALUE;

  /** The room in bytes that {@link #poll} needs. */
  public static final int MAX_POLL_BYTES = 3 * (6 + 125);

  /** The room in bytes that a frame's header needs. */
  public static final int MAX_HEADER_BYTES = FrameWriter.MAX_HEADER_BYTES;

  private final FrameReader reader;
  private final FrameWriter writer;
  private final MessageAssembler assembler;
  private final Patience patience;
  // These three are made when they are needed, because most connections are quiet most of the time.
  private @Nullable InboundControl control;
  private @Nullable PendingControl pending;
  private @Nullable ClosingHandshake closing;
  private final Scratch scratch;
  private final Limits limits;
  private boolean holdsAnswers;
  private boolean streamed;
  private boolean answersPings = true;

  /**
   * A connection that has just been opened.
   *
   * @param side this end's
   * @param maskKeys unpredictable numbers (RFC 6455 §5.3), one for each frame that a client sends
   * @param scratch lent; may be shared with other connections of the same thread
   */
  public Connection(
      Side side,
      Limits limits,
      Timeouts timeouts,
      IntSupplier maskKeys,
      Scratch scratch,
      long nowNanos) {
    this.scratch = scratch;
    this.limits = limits;
    reader = new FrameReader(side);
    writer = new FrameWriter(side, maskKeys, scratch);
    assembler = new MessageAssembler(limits);
    patience = new Patience(timeouts, nowNanos);
  }

  /**
   * The room in bytes that a frame needs at most: compression may make a message a little longer.
   */
  public static int maxFrameBytes(int payloadBytes) {
    return Math.toIntExact(MAX_HEADER_BYTES + DeflateEncoder.maxPieceBytes(payloadBytes));
  }

  /**
   * Has messages compressed and decompressed (RFC 7692), as the handshake agreed; to be called
   * before anything is sent or received.
   *
   * @param options this end's, for what the agreement leaves to it
   */
  public void deflate(DeflateAgreement agreement, DeflateOptions options) {
    Side side = reader.side();
    reader.mayCompress();
    writer.deflate(new MessageDeflater(side, agreement, options));
    assembler.inflate(new MessageInflater(side, agreement, limits));
  }

  /** Where the connection stands. */
  public State state() {
    return closing == null ? State.OPEN : closing.state();
  }

  /**
   * Chooses whether Pings are answered by themselves, as they are from the start, or left to the
   * application.
   *
   * @param automatic false if the application sends the Pongs that RFC 6455 §5.5.2 demands
   */
  public void answersPings(boolean automatic) {
    answersPings = automatic;
  }

  /**
   * Lets messages come out as {@link Part}s of any total size instead of whole, without limits on
   * their size, fragments and duration.
   *
   * @throws IllegalStateException if a message is under way
   */
  public void streamMessages() {
    if (reader.inFrame() || assembler.inMessage()) {
      throw new IllegalStateException("a message is under way");
    }
    streamed = true;
    assembler.streamMessages();
  }

  /**
   * Takes bytes up to the end of the next event; to be called again until it returns null, which
   * means that the input is used up.
   *
   * @param in borrowed, big-endian; its position moves past what was taken
   * @return the event, or null
   * @throws IllegalArgumentException if the buffer is little-endian
   */
  public @Nullable Event receive(ByteBuffer in, long nowNanos) {
    if (in.order() != ByteOrder.BIG_ENDIAN) {
      throw new IllegalArgumentException("buffer is little-endian, frames are big-endian");
    }
    if (in.hasRemaining()) patience.received(nowNanos);
    while (in.hasRemaining() || assembler.hasMore()) {
      if (!listens()) {
        closing().drain(in);
        return null;
      }
      Event event = reader.inPayload() ? null : receiveHeader(in, nowNanos);
      if (event == null && reader.inPayload()) event = receivePayload(in, nowNanos);
      if (event != null) return event;
    }
    return null;
  }

  /**
   * Notes that the TCP connection has ended or was lost; the connection is {@link State#CLOSED}
   * afterwards.
   */
  public void receiveEnd() {
    closing().end();
  }

  /**
   * Does what is due by now: sends a keep-alive Ping, fails the connection, or gives up waiting.
   *
   * @return the failure, or null
   */
  public @Nullable Event timeout(long nowNanos) {
    if (state() != State.OPEN) {
      if (closing().timeout(nowNanos)) answer(nowNanos);
      return null;
    }
    return switch (patience.timeout(isIncomplete(), nowNanos)) {
      case ALIVE -> null;
      case TOO_SLOW -> fail(Violation.MESSAGE_TOO_SLOW, nowNanos);
      case DEAD -> fail(Violation.KEEP_ALIVE_TIMEOUT, nowNanos);
      case SEND_PING -> {
        pending().ping(patience.pingPayload());
        yield null;
      }
    };
  }

  /** How much memory the message that is under way takes so far, in bytes. */
  public int retainedBytes() {
    return assembler.retainedBytes();
  }

  /**
   * How much memory is kept of earlier messages, in bytes, for compressed ones that refer to them
   * (RFC 7692 §7.1.1); at most the window that the handshake agreed on.
   */
  public int windowBytes() {
    return assembler.windowBytes();
  }

  /**
   * Fails the connection because there is no room for the message that is under way, which is
   * dropped.
   *
   * @return the failure, or null if the connection is closing anyway
   */
  public @Nullable Event shed(long nowNanos) {
    assembler.drop();
    return listens() ? fail(Violation.OVERLOAD, nowNanos) : null;
  }

  /** When {@link #timeout} is to be called, or {@link #NO_DEADLINE}; it moves with every input. */
  public long deadlineNanos() {
    return state() == State.OPEN
        ? patience.deadlineNanos(isIncomplete())
        : closing().deadlineNanos();
  }

  /**
   * Notes that the caller has stopped reading, so that the peer's silence means nothing until
   * {@link #resumeReading}.
   */
  public void pauseReading() {
    patience.pause();
  }

  /** Notes that the caller reads again; the peer's time starts anew. */
  public void resumeReading(long nowNanos) {
    patience.resume(nowNanos);
  }

  /**
   * The number of bytes in a text, for {@link #maxFrameBytes}; refuses what {@link #sendText} does.
   */
  public static int textBytes(String text) {
    return Utf8Encoder.length(text);
  }

  /**
   * Sends a text message in one frame.
   *
   * @param textBytes what {@link #textBytes} says of the text
   * @param out borrowed, big-endian, with room for {@link #maxFrameBytes}
   * @throws IllegalStateException if the connection is not {@link State#OPEN}, or a fragmented
   *     message is not finished
   */
  public void sendText(String text, int textBytes, ByteBuffer out) {
    writer.admit(state(), Opcode.TEXT, true, textBytes);
    writer.writeText(text, textBytes, out);
  }

  /**
   * Sends one frame: a whole message, a fragment of one, a Ping or a Pong.
   *
   * @param opcode {@link Opcode#TEXT} or {@link Opcode#BINARY} to begin a message, {@link
   *     Opcode#CONTINUATION} to go on with it, {@link Opcode#PING} or {@link Opcode#PONG}
   * @param last whether the message ends with this frame
   * @param mayCompress whether the message may be compressed, where that was agreed; what its first
   *     frame says counts
   * @param payload borrowed; UTF-8 where it belongs to text
   * @param out borrowed, big-endian, with room for {@link #maxFrameBytes}
   * @throws IllegalArgumentException if the opcode is Close, or a control frame is too long or not
   *     the last
   * @throws IllegalStateException if the connection is not {@link State#OPEN}, or the opcode does
   *     not fit what was sent before
   */
  public void send(
      Opcode opcode, boolean last, boolean mayCompress, byte[] payload, ByteBuffer out) {
    writer.admit(state(), opcode, last, payload.length);
    writer.write(opcode, last, mayCompress, payload, payload.length, out);
  }

  /**
   * Begins a frame that is written in pieces, before anything else, by {@link #continueFrame}; else
   * as {@link #send(Opcode, boolean, boolean, byte[], ByteBuffer)}.
   *
   * @param payload borrowed until the frame is whole
   * @param out borrowed, big-endian, with room for {@link #MAX_HEADER_BYTES}
   */
  public void beginFrame(
      Opcode opcode, boolean last, boolean mayCompress, byte[] payload, ByteBuffer out) {
    writer.admit(state(), opcode, last, payload.length);
    writer.begin(opcode, last, mayCompress, payload, out);
  }

  /** How much of the payload of the frame that was begun is still to be written. */
  public int missingBytes() {
    return writer.missingBytes();
  }

  /**
   * Writes as much of the payload of the frame that was begun as there is room for.
   *
   * @param out borrowed, big-endian
   */
  public void continueFrame(ByteBuffer out) {
    writer.writeRest(out);
  }

  /**
   * Sends a message that was prepared for many connections.
   *
   * @param out borrowed, big-endian, with room for {@link PreparedMessage#size} and {@link
   *     #MAX_HEADER_BYTES}
   * @throws IllegalStateException as {@link #sendText}
   */
  public void send(PreparedMessage message, ByteBuffer out) {
    writer.admit(state(), message.opcode(), true, message.size());
    writer.write(message, out);
  }

  /**
   * Whether prepared messages may be sent now as {@link PreparedMessage#frame} gives them, without
   * {@link #send(PreparedMessage, ByteBuffer)}: this end is an open server that does not compress,
   * and no message is under way.
   */
  public boolean sendsPreparedFrames() {
    return state().maySend() && writer.sendsPreparedFrames();
  }

  /**
   * Begins the closing handshake; the Close frame comes with the next {@link #poll}. Once the peer
   * has begun, {@linkplain #answer answers} what is held; does nothing otherwise.
   *
   * @param close what to tell the peer
   */
  public void close(Close close, long nowNanos) {
    if (state() == State.OPEN) {
      closing().send(close, nowNanos);
      pending().close(close);
    } else {
      answer(nowNanos);
    }
  }

  /**
   * Has the answer to the peer's Close frame, or to its violation of a rule, wait for {@link
   * #answer}, so that the application can still send what belongs to the messages before.
   */
  public void holdAnswers() {
    holdsAnswers = true;
    if (closing != null) closing.holdAnswers();
  }

  /** Answers what {@link State#ANSWERING} holds; a time-out does the same. */
  public void answer(long nowNanos) {
    Close answer = closing == null ? null : closing.answer(nowNanos);
    if (answer != null) pending().close(answer);
  }

  /**
   * Gives the connection up at once, for a peer that takes no bytes; it is {@link State#CLOSED}
   * afterwards.
   *
   * @param close what {@link #closed} tells, though the peer never hears it
   */
  public void abort(Close close) {
    closing().abort(close);
  }

  /** Whether {@link #poll} has something to write. */
  public boolean hasOutput() {
    return pending != null && !pending.isEmpty();
  }

  /**
   * Writes the control frames that the protocol itself sends: the latest Pong, a keep-alive Ping,
   * the Close frame. After a Close frame only the Pongs that this method gives may follow.
   *
   * @param out borrowed, big-endian, with room for {@link #MAX_POLL_BYTES}
   * @throws IllegalStateException if a frame is {@linkplain #beginFrame written in part}
   */
  public void poll(ByteBuffer out) {
    writer.checkWhole();
    if (pending != null) pending.poll(writer, out);
  }

  /** Whether this end is to shut down its half of the TCP connection once all output is written. */
  public boolean endsOutput() {
    return closing != null && closing.endsOutput();
  }

  /** How the connection ended; final once it is {@link State#CLOSED}. Changes nothing. */
  public Closed closed() {
    ClosingHandshake begun = closing;
    return begun == null ? ClosingHandshake.NOT_BEGUN : begun.closed();
  }

  private @Nullable Event receiveHeader(ByteBuffer in, long nowNanos) {
    if (!reader.inFrame() && !assembler.inMessage()) patience.begin(nowNanos);
    Violation violation = reader.receiveHeader(in);
    if (violation == null && reader.inPayload()) {
      boolean isControl = reader.opcode().isControl();
      violation = isControl ? control().begin(reader, nowNanos) : assembler.begin(reader);
    }
    return violation == null ? null : fail(violation, nowNanos);
  }

  private @Nullable Event receivePayload(ByteBuffer in, long nowNanos) {
    if (reader.opcode().isControl()) {
      InboundControl frame = control();
      if (!frame.receive(reader, in)) return null;
      reader.endFrame();
      return receiveControl(reader.opcode(), frame.take(), nowNanos);
    }
    if (assembler.isWhole(reader) && reader.remaining() <= in.remaining()) {
      Message message = assembler.receiveWhole(reader, in, scratch);
      if (message == null) return fail(Violation.TEXT_NOT_UTF8, nowNanos);
      reader.endFrame();
      return message;
    }
    Violation violation = assembler.receive(reader, in, scratch);
    if (violation != null) return fail(violation, nowNanos);
    boolean ends = assembler.endsMessage(reader);
    boolean hasPart = streamed && (ends || assembler.size() > 0);
    if (reader.remaining() == 0 && !assembler.hasMore()) reader.endFrame();
    if (hasPart) return assembler.takePart(ends);
    return ends ? assembler.takeMessage() : null;
  }

  private @Nullable Event receiveControl(Opcode opcode, byte[] payload, long nowNanos) {
    if (opcode == Opcode.PING) {
      // A copy, because whoever gets the event may change its array before the Pong is written.
      if (answersPings) pending().pong(payload.clone());
      return new Ping(payload);
    }
    if (opcode == Opcode.PONG) return patience.isAnsweredBy(payload) ? null : new Pong(payload);
    Violation violation = Close.violationIn(payload);
    if (violation != null) return fail(violation, nowNanos);
    Close close = Close.parse(payload);
    Close answer = closing().receive(close, nowNanos);
    if (answer != null) pending().close(answer);
    return close;
  }

  private Failed fail(Violation violation, long nowNanos) {
    Close close = closing().fail(violation, nowNanos);
    if (close != null) pending().close(close);
    return Failed.by(violation, reader, assembler.size(), assembler.fault(), limits);
  }

  private InboundControl control() {
    if (control == null) control = new InboundControl(limits);
    return control;
  }

  private PendingControl pending() {
    if (pending == null) pending = new PendingControl();
    return pending;
  }

  private ClosingHandshake closing() {
    if (closing == null) {
      closing = new ClosingHandshake(reader.side(), limits, patience.timeouts());
      if (holdsAnswers) closing.holdAnswers();
    }
    return closing;
  }

  private boolean listens() {
    return state() == State.OPEN || state() == State.CLOSE_SENT;
  }

  private boolean isIncomplete() {
    return !streamed && (reader.inFrame() || assembler.inMessage());
  }
}
