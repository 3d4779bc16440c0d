package dev.priz.protocol;

import static dev.priz.protocol.Wire.MASK_KEY;
import static dev.priz.protocol.Wire.heap;
import static dev.priz.protocol.Wire.hex;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A connection, driven as its caller must drive it, with all that has come out of it. As the work
 * area is shared by all, only one thread may run tests.
 */
final class Endpoint {
  private static final Scratch SCRATCH = new Scratch();

  final FakeClock clock;
  final Connection connection;
  final List<Event> events = new ArrayList<>();
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  private Endpoint(Side side, Limits limits, Timeouts timeouts, FakeClock clock) {
    this.clock = clock;
    connection = new Connection(side, limits, timeouts, () -> MASK_KEY, SCRATCH, clock.nowNanos());
  }

  static Endpoint open(Side side) {
    return open(side, Limits.DEFAULT);
  }

  static Endpoint open(Side side, Limits limits) {
    return new Endpoint(side, limits, Timeouts.DEFAULT, new FakeClock());
  }

  static Endpoint open(Side side, Timeouts timeouts) {
    return open(side, timeouts, new FakeClock());
  }

  static Endpoint open(Side side, Timeouts timeouts, FakeClock clock) {
    return new Endpoint(side, Limits.DEFAULT, timeouts, clock);
  }

  /** A connection whose messages come out in parts. */
  static Endpoint streaming(Side side, Limits limits) {
    Endpoint endpoint = open(side, limits);
    endpoint.connection.streamMessages();
    return endpoint;
  }

  /** A connection that compresses. */
  Endpoint deflating(DeflateAgreement agreement, DeflateOptions options) {
    connection.deflate(agreement, options);
    return this;
  }

  /** Feeds all the parts, one input each. */
  Endpoint receive(byte[]... inputs) {
    for (byte[] input : inputs) receive(heap(input));
    return this;
  }

  /** Feeds an input until it is used up, and takes the output after each event. */
  Endpoint receive(ByteBuffer in) {
    Event event;
    do {
      event = connection.receive(in, clock.nowNanos());
      if (event != null) events.add(event);
      poll();
    } while (event != null);
    return this;
  }

  /** Tells the connection what time it is. */
  void timeout() {
    Event event = connection.timeout(clock.nowNanos());
    if (event != null) events.add(event);
    poll();
  }

  /** Has the connection give up the message that is under way; returns the failure, or null. */
  Event shed() {
    Event failure = connection.shed(clock.nowNanos());
    if (failure != null) events.add(failure);
    poll();
    return failure;
  }

  int retainedBytes() {
    return connection.retainedBytes();
  }

  /** Goes on to the deadline that the connection names, and tells it so. */
  void timeoutAtDeadline() {
    clock.advanceTo(connection.deadlineNanos());
    timeout();
  }

  void close(int code, String reason) {
    close(new Close(code, reason));
  }

  void close(Close close) {
    connection.close(close, clock.nowNanos());
    poll();
  }

  /** Answers what the connection holds. */
  void answer() {
    connection.answer(clock.nowNanos());
    poll();
  }

  void send(Opcode opcode, boolean last, byte[] payload) {
    send(opcode, last, true, payload);
  }

  void send(Opcode opcode, boolean last, boolean mayCompress, byte[] payload) {
    ByteBuffer out = ByteBuffer.allocate(Connection.maxFrameBytes(payload.length));
    connection.send(opcode, last, mayCompress, payload, out);
    write(out);
  }

  void sendInPieces(Opcode opcode, byte[] payload, int pieceBytes) {
    ByteBuffer header = ByteBuffer.allocate(Connection.MAX_HEADER_BYTES);
    connection.beginFrame(opcode, true, true, payload, header);
    write(header);
    while (connection.missingBytes() > 0) {
      ByteBuffer piece = ByteBuffer.allocate(pieceBytes);
      connection.continueFrame(piece);
      write(piece);
    }
  }

  void send(PreparedMessage message) {
    ByteBuffer out = ByteBuffer.allocate(Connection.MAX_HEADER_BYTES + message.size());
    connection.send(message, out);
    write(out);
  }

  void sendText(String text) {
    int textBytes = Connection.textBytes(text);
    ByteBuffer out = ByteBuffer.allocate(Connection.maxFrameBytes(textBytes));
    connection.sendText(text, textBytes, out);
    write(out);
  }

  State state() {
    return connection.state();
  }

  Closed closed() {
    return connection.closed();
  }

  /** The rule that the peer broke; fails if the last event says otherwise. */
  Violation violation() {
    return ((Failed) events.getLast()).violation();
  }

  /** The bytes that were written since the last call. */
  byte[] takeOutput() {
    byte[] taken = output.toByteArray();
    output.reset();
    return taken;
  }

  /** All that can be seen of the connection from outside. */
  Outcome outcome() {
    return new Outcome(
        List.copyOf(events),
        hex(output.toByteArray()),
        state(),
        closed(),
        connection.endsOutput(),
        connection.deadlineNanos());
  }

  private void poll() {
    if (!connection.hasOutput()) return;
    ByteBuffer out = ByteBuffer.allocateDirect(Connection.MAX_POLL_BYTES);
    connection.poll(out);
    write(out);
  }

  private void write(ByteBuffer out) {
    byte[] written = new byte[out.flip().remaining()];
    out.get(written);
    output.writeBytes(written);
  }

  /** What the same input must always lead to, however it is split. */
  record Outcome(
      List<Event> events,
      String output,
      State state,
      Closed closed,
      boolean endsOutput,
      long deadlineNanos) {

    /** The rule that the peer broke; fails if the last event says otherwise. */
    Violation violation() {
      return ((Failed) events.getLast()).violation();
    }
  }

  /** UTF-8 by the JDK, not by the code under test. */
  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
