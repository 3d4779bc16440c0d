package dev.priz.protocol;

import static dev.priz.protocol.Wire.MASK_KEY;
import static dev.priz.protocol.Wire.direct;
import static dev.priz.protocol.Wire.heap;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.priz.fuzz.Allocation;
import dev.priz.fuzz.Cuts;
import dev.priz.fuzz.FuzzInput;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds {@link Connection} against {@link ReferenceDecoder} on any bytes in any pieces: the same
 * events and nothing else, and memory in proportion to what has arrived.
 */
final class ConnectionFuzzTest {
  private static final List<Side> SIDES = List.of(Side.CLIENT, Side.SERVER);
  // So narrow that small inputs exceed them; but control frames are not limited.
  private static final Limits NARROW =
      Limits.DEFAULT.maxMessageBytes(200).maxFragments(5).controlFrames(1_000_000, 1_000_000);
  private static final Limits WIDE =
      NARROW.maxMessageBytes(Integer.MAX_VALUE - 64).maxFragments(1_000_000);
  // What a connection may allocate, and so hold: its own objects; for each byte that arrives, the
  // arrays of a growing message, twice the bytes, the copy that is handed out, a string with two
  // bytes for a character and what the JDK needs to make it; and the few small objects around an
  // event.
  private static final long OWN_BYTES = 2_048;
  private static final long FOR_EACH_BYTE = 8;
  private static final long FOR_EACH_EVENT = 512;

  private final Scratch scratch = new Scratch();

  @FuzzTest
  void agreesWithTheReference(byte[] bytes) {
    var input = new FuzzInput(bytes);
    Side side = input.pick(SIDES);
    Cuts cuts = input.cuts();
    byte[] wire = input.rest();

    Endpoint whole = receive(Endpoint.open(side, NARROW), wire, Cuts.NONE);

    assertThat(withoutDetail(whole.events)).isEqualTo(ReferenceDecoder.decode(side, NARROW, wire));
    for (Cuts each : List.of(cuts, Cuts.EVERYWHERE)) {
      assertThat(receive(Endpoint.open(side, NARROW), wire, each).outcome())
          .as("%s", each)
          .isEqualTo(whole.outcome());
      assertStreamsTheSame(side, wire, each);
      assertTakesLittleMemory(side, wire, each);
    }
  }

  private static Endpoint receive(Endpoint endpoint, byte[] wire, Cuts cuts) {
    boolean onHeap = true;
    for (byte[] piece : cuts.cut(wire)) {
      ByteBuffer in = onHeap ? heap(piece) : direct(piece);
      endpoint.receive(in);
      assertThat(in.hasRemaining()).isFalse();
      onHeap = !onHeap;
    }
    return endpoint;
  }

  // Streamed messages have no limit, and so may begin where the reference says that they cannot.
  private static void assertStreamsTheSame(Side side, byte[] wire, Cuts cuts) {
    List<Object> expected = ReferenceDecoder.decode(side, WIDE, wire);
    List<Object> found = joined(receive(Endpoint.streaming(side, WIDE), wire, cuts).events);

    if (!expected.isEmpty() && expected.getLast() == Violation.MESSAGE_TOO_BIG) {
      expected.removeLast();
      if (found.size() > expected.size()) {
        assertThat(found.removeLast()).isEqualTo(Violation.TEXT_NOT_UTF8);
      }
    }
    assertThat(found).as("streamed, %s", cuts).isEqualTo(expected);
  }

  // The parts of messages that are complete, put together again.
  private static List<Object> joined(List<Event> events) {
    List<Object> joined = new ArrayList<>();
    var message = new ByteArrayOutputStream();
    for (Object event : withoutDetail(events)) {
      if (!(event instanceof Part part)) {
        joined.add(event);
        continue;
      }
      message.writeBytes(part.data());
      if (!part.last()) continue;
      byte[] data = message.toByteArray();
      joined.add(
          part.opcode() == Opcode.TEXT ? new Text(new String(data, UTF_8)) : new Binary(data));
      message.reset();
    }
    return joined;
  }

  private static List<Object> withoutDetail(List<Event> events) {
    List<Object> all = new ArrayList<>();
    for (Event event : events) all.add(event instanceof Failed failed ? failed.violation() : event);
    return all;
  }

  private void assertTakesLittleMemory(Side side, byte[] wire, Cuts cuts) {
    List<ByteBuffer> pieces = cuts.cut(wire).stream().map(ByteBuffer::wrap).toList();
    long most = OWN_BYTES + FOR_EACH_BYTE * wire.length + FOR_EACH_EVENT * receive(side, pieces);

    long allocated = Allocation.by(() -> receive(side, pieces), most);

    assertThat(allocated).as("%s", cuts).isLessThanOrEqualTo(most);
  }

  private int receive(Side side, List<ByteBuffer> pieces) {
    var connection = new Connection(side, NARROW, Timeouts.DEFAULT, () -> MASK_KEY, scratch, 0);
    int events = 0;
    for (ByteBuffer piece : pieces) {
      piece.rewind();
      while (connection.receive(piece, 0) != null) events++;
    }
    return events;
  }
}
