package dev.priz.protocol;

import static dev.priz.protocol.Splits.assertFailsWhenSplit;
import static dev.priz.protocol.Splits.assertSameWhenSplit;
import static dev.priz.protocol.Splits.closeFrame;
import static dev.priz.protocol.Wire.bytes;
import static dev.priz.protocol.Wire.frameTo;
import static dev.priz.protocol.Wire.heap;
import static dev.priz.protocol.Wire.hex;
import static dev.priz.protocol.Wire.join;
import static dev.priz.protocol.Wire.letters;
import static dev.priz.protocol.Wire.repeat;
import static dev.priz.protocol.Wire.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.priz.protocol.Endpoint.Outcome;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@link Connection} takes single frames (RFC 6455 §5.2). */
final class ConnectionFramingTest {
  @Test
  void receivesTheExamplesOfTheRfc() {
    Outcome client = assertSameWhenSplit(Side.CLIENT, wire("81 05 48 65 6c 6c 6f"));
    Outcome server = assertSameWhenSplit(Side.SERVER, wire("81 85 37 fa 21 3d 7f 9f 4d 51 58"));

    assertThat(client.events()).containsExactly(new Text("Hello"));
    assertThat(server.events()).containsExactly(new Text("Hello"));
  }

  @Test
  @DisplayName("FR-01 a server refuses an unmasked frame")
  void refusesAnUnmaskedFrameFromAClient() {
    assertFailsWhenSplit(Side.SERVER, Violation.UNMASKED_FRAME, wire("81 05 48 65 6c 6c 6f"));
  }

  @Test
  @DisplayName("FR-02 a client refuses a masked frame")
  void refusesAMaskedFrameFromAServer() {
    assertFailsWhenSplit(
        Side.CLIENT, Violation.MASKED_FRAME, wire("81 85 00 00 00 00 48 65 6c 6c 6f"));
  }

  @ParameterizedTest
  @CsvSource({
    "CLIENT, 82 7e 00 05 01 02 03 04 05",
    "CLIENT, 82 7e 00 7d 01 02 03 04 05",
    "CLIENT, 82 7f 00 00 00 00 00 00 00 05 01 02 03 04 05",
    "CLIENT, 82 7f 00 00 00 00 00 00 ff ff 01 02 03 04 05",
    "SERVER, 82 fe 00 05 00 00 00 00 01 02 03 04 05",
    "SERVER, 82 fe 00 7d 00 00 00 00 01 02 03 04 05",
    "SERVER, 82 ff 00 00 00 00 00 00 00 05 00 00 00 00 01 02 03 04 05",
    "SERVER, 82 ff 00 00 00 00 00 00 ff ff 00 00 00 00 01 02 03 04 05"
  })
  @DisplayName("FR-03, FR-04 refuses a length that is not in its shortest form")
  void refusesALengthThatIsNotInItsShortestForm(Side side, String input) {
    assertFailsWhenSplit(side, Violation.LENGTH_NOT_MINIMAL, wire(input));
  }

  @ParameterizedTest
  @CsvSource({
    "CLIENT, 82 7f 80",
    "CLIENT, 82 7f ff ff ff ff ff ff ff ff",
    "SERVER, 82 ff 80",
    "SERVER, 82 ff 80 00 00 00 00 00 00 00 01 02 03 04",
    "SERVER, 82 ff ff ff ff ff ff ff ff ff 01 02 03 04"
  })
  @DisplayName("FR-05 refuses a length with its first bit set, at that bit")
  void refusesALengthWithItsFirstBitSet(Side side, String input) {
    assertFailsWhenSplit(side, Violation.LENGTH_NEGATIVE, wire(input));
  }

  @ParameterizedTest
  @ValueSource(strings = {"c1", "a1", "91", "f1", "c0", "c8", "c9", "d2 80 00 00 00 00", "e1 00"})
  @DisplayName("FR-08, FR-09, PD-08, PD-09 refuses a reserved bit")
  void refusesAReservedBit(String input) {
    for (Side side : Side.values()) {
      assertFailsWhenSplit(side, Violation.RESERVED_BIT, wire(input));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "83",
        "84",
        "85",
        "86",
        "87",
        "8b",
        "8c",
        "8d",
        "8e",
        "8f",
        "03",
        "0f",
        "83 ff 00 00 00 00 ff ff ff ff 00 00 00 00 01 02 03"
      })
  @DisplayName("FR-10, FR-11, FR-12 refuses a reserved opcode at its first byte")
  void refusesAReservedOpcode(String input) {
    for (Side side : Side.values()) {
      assertFailsWhenSplit(side, Violation.RESERVED_OPCODE, wire(input));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0,     '00'",
    "1,     '01'",
    "124,   '7c'",
    "125,   '7d'",
    "126,   '7e 00 7e'",
    "127,   '7e 00 7f'",
    "65534, '7e ff fe'",
    "65535, '7e ff ff'",
    "65536, '7f 00 00 00 00 00 01 00 00'",
    "65537, '7f 00 00 00 00 00 01 00 01'"
  })
  @DisplayName("FR-19 receives every form of length")
  void receivesEveryFormOfLength(int length, String lengthOnWire) {
    for (Side side : Side.values()) {
      Outcome binary = assertSameWhenSplit(side, frameTo(side, "82" + lengthOnWire, bytes(length)));
      Outcome text = assertSameWhenSplit(side, frameTo(side, "81" + lengthOnWire, letters(length)));
      Outcome fragments =
          assertSameWhenSplit(
              side,
              join(
                  frameTo(side, "02" + lengthOnWire, bytes(length)),
                  frameTo(side, "80" + lengthOnWire, bytes(length))));

      assertThat(binary.events()).containsExactly(new Binary(bytes(length)));
      assertThat(text.events()).containsExactly(new Text("a".repeat(length)));
      assertThat(fragments.events())
          .containsExactly(new Binary(join(bytes(length), bytes(length))));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "81 85 48 65 6c 6c  00 00 00 00 27", // The key is the text itself.
    "81 85 00 00 00 00  48 65 6c 6c 6f",
    "81 85 ff ff ff ff  b7 9a 93 93 90",
    "81 85 80 00 00 01  c8 65 6c 6d ef"
  })
  @DisplayName("FR-18 unmasks with any key")
  void unmasksWithAnyKey(String input) {
    Outcome outcome = assertSameWhenSplit(Side.SERVER, wire(input));

    assertThat(outcome.events()).containsExactly(new Text("Hello"));
  }

  @ParameterizedTest
  @EnumSource
  void receivesMessagesOneAfterTheOther(Side side) {
    byte[] input =
        join(
            frameTo(side, "81 02", "68 69"),
            frameTo(side, "82 00", ""),
            frameTo(side, "81 00", ""),
            frameTo(side, "82 03", "00 01 02"));

    assertThat(assertSameWhenSplit(side, input).events())
        .containsExactly(
            new Text("hi"), new Binary(wire("")), new Text(""), new Binary(wire("00 01 02")));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("FR-22 receives 10,000 frames from one input in order")
  void receivesManyFramesFromOneInput(Side side) {
    byte[] input = repeat(10_000, frameTo(side, "81 01", "61"));

    Endpoint endpoint = Endpoint.open(side).receive(input);

    assertThat(endpoint.events).isEqualTo(Collections.nCopies(10_000, new Text("a")));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("FR-25 delivers what came before the fault, and nothing after it")
  void deliversWhatCameBeforeTheFault(Side side) {
    byte[] good = frameTo(side, "81 02", "68 69");
    byte[] input = join(good, wire("f7"), good, good);

    Outcome outcome = assertSameWhenSplit(side, input);

    assertThat(outcome.events())
        .containsExactly(
            new Text("hi"),
            new Failed(Violation.RESERVED_BIT, "reserved bit without an extension"));
    assertThat(outcome.output()).isEqualTo(hex(closeFrame(side, Violation.RESERVED_BIT)));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("FR-31 ignores everything after a fault")
  void ignoresEverythingAfterAFault(Side side) {
    Endpoint endpoint = Endpoint.open(side).receive(wire("83"));
    endpoint.takeOutput();

    endpoint.receive(
        frameTo(side, "81 02", "68 69"), frameTo(side, "89 00", ""), frameTo(side, "88 00", ""));

    assertThat(endpoint.events).hasSize(1);
    assertThat(endpoint.takeOutput()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void refusesALittleEndianBuffer(Side side) {
    Connection connection = Endpoint.open(side).connection;

    assertThatIllegalArgumentException()
        .isThrownBy(() -> connection.receive(heap(wire("81 00")).order(ByteOrder.LITTLE_ENDIAN), 0))
        .withMessage("buffer is little-endian, frames are big-endian");
  }

  @ParameterizedTest
  @EnumSource
  void leavesTheInputAsItWasSent(Side side) {
    byte[] input = frameTo(side, "82 14", bytes(20));
    byte[] kept = input.clone();

    Endpoint.open(side).receive(ByteBuffer.wrap(input).asReadOnlyBuffer());

    assertThat(input).isEqualTo(kept);
  }

  @ParameterizedTest
  @EnumSource
  void takesAnEmptyInputForNothing(Side side) {
    Endpoint endpoint = Endpoint.open(side).receive(wire(""));

    assertThat(endpoint.events).isEmpty();
    assertThat(endpoint.state()).isEqualTo(State.OPEN);
  }
}
