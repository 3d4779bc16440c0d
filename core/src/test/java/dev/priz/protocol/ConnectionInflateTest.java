package dev.priz.protocol;

import static dev.priz.protocol.Splits.assertFailsWhenSplit;
import static dev.priz.protocol.Splits.assertSameWhenSplit;
import static dev.priz.protocol.Wire.bytes;
import static dev.priz.protocol.Wire.frameFrom;
import static dev.priz.protocol.Wire.frameTo;
import static dev.priz.protocol.Wire.hex;
import static dev.priz.protocol.Wire.join;
import static dev.priz.protocol.Wire.repeat;
import static dev.priz.protocol.Wire.wire;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * How {@link Connection} receives compressed messages; the bytes are those of RFC 7692 §7.2.3 where
 * nothing else is said.
 */
final class ConnectionInflateTest {
  private static final DeflateAgreement TAKEOVER = new DeflateAgreement(true, 15, true, 15);
  private static final DeflateAgreement ALONE = new DeflateAgreement(false, 15, false, 15);
  private static final String TOO_FAR =
      "distance beyond the window; DeflateOptions.receive(true, 15) takes peers that forget nothing";
  private static final Text HELLO = new Text("Hello");

  /** One "Hello" in each of the forms of RFC 7692 §7.2.3. */
  static final List<String> HELLOS =
      List.of(
          "f2 48 cd c9 c9 07 00",
          "00 05 00 fa ff 48 65 6c 6c 6f 00",
          "f3 48 cd c9 c9 07 00 00",
          "f2 48 05 00 00 00 ff ff ca c9 c9 07 00");

  @ParameterizedTest
  @FieldSource("HELLOS")
  void inflatesAMessage(String payload) {
    for (Side side : Side.values()) {
      byte[] input = frameTo(side, "c1 %02x".formatted(wire(payload).length), payload);

      assertThat(events(side, ALONE, input)).containsExactly(HELLO);
    }
  }

  @ParameterizedTest
  @EnumSource
  void inflatesAMessageInFragmentsWithControlFramesBetween(Side side) {
    byte[] input =
        join(
            frameTo(side, "41 03", "f2 48 cd"),
            frameTo(side, "89 01", "21"),
            frameTo(side, "00 00", ""),
            frameTo(side, "00 03", "c9 c9 07"),
            frameTo(side, "80 01", "00"));

    Endpoint.Outcome outcome = assertSameWhenSplit(() -> open(side, ALONE), input);

    assertThat(outcome.events()).containsExactly(new Ping(wire("21")), HELLO);
    assertThat(outcome.output()).isEqualTo(hex(frameFrom(side, "8a 01", "21")));
  }

  @ParameterizedTest
  @EnumSource
  void inflatesAMessageWhoseLastFragmentIsEmpty(Side side) {
    byte[] input =
        join(
            frameTo(side, "41 07", "f2 48 cd c9 c9 07 00"),
            frameTo(side, "80 00", ""),
            frameTo(side, "c1 01", "00"));

    assertThat(events(side, ALONE, input)).containsExactly(HELLO, new Text(""));
  }

  @ParameterizedTest
  @EnumSource
  void inflatesWhatRefersToAnEarlierMessage(Side side) {
    byte[] input =
        join(
            frameTo(side, "c1 07", "f2 48 cd c9 c9 07 00"),
            frameTo(side, "c1 05", "f2 00 11 00 00"),
            frameTo(side, "c1 05", "f2 00 11 00 00"));

    assertThat(events(side, TAKEOVER, input)).containsExactly(HELLO, HELLO, HELLO);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("PD-05 refuses a reserved block type")
  void refusesAReservedBlockType(Side side) {
    assertMalformed(side, frameTo(side, "c1 01", "06"), "reserved block type");
    assertMalformed(side, frameTo(side, "c1 01", "07"), "reserved block type");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("PD-06 refuses a stored block whose length has no complement")
  void refusesAStoredLengthWithoutItsComplement(Side side) {
    assertMalformed(
        side, frameTo(side, "c1 05", "00 05 00 00 00"), "stored length without its complement");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("PD-07 refuses a first message that refers to an earlier one")
  void refusesAReferenceToNothing(Side side) {
    assertMalformed(side, frameTo(side, "c1 05", "f2 00 11 00 00"), TOO_FAR);
  }

  @ParameterizedTest
  @EnumSource
  void refusesAReferenceToAnEarlierMessageWithoutTakeover(Side side) {
    byte[] input =
        join(
            frameTo(side, "c1 07", "f2 48 cd c9 c9 07 00"),
            frameTo(side, "c1 05", "f2 00 11 00 00"));

    Endpoint.Outcome outcome = assertSameWhenSplit(() -> open(side, ALONE), input);

    assertThat(outcome.events())
        .containsExactly(
            HELLO,
            new Failed(Violation.DEFLATE_MALFORMED, "compressed message is malformed: " + TOO_FAR));
  }

  @ParameterizedTest
  @EnumSource
  void refusesAMessageThatEndsInsideABlock(Side side) {
    assertMalformed(side, frameTo(side, "c1 03", "f2 48 cd"), "message ends inside a block");
    assertMalformed(side, frameTo(side, "c2 00", ""), "message ends inside a block");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("PD-08 refuses RSV1 on a continuation")
  void refusesCompressionThatBeginsLate(Side side) {
    byte[] input = join(frameTo(side, "41 03", "f2 48 cd"), frameTo(side, "c0 04", "c9 c9 07 00"));
    assertFailsWhenSplit(() -> open(side, ALONE), side, Violation.RESERVED_BIT, input);

    byte[] plainFirst = join(frameTo(side, "01 01", "61"), frameTo(side, "c0 01", "61"));
    assertFailsWhenSplit(() -> open(side, ALONE), side, Violation.RESERVED_BIT, plainFirst);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("PD-09 refuses RSV1 on a control frame")
  void refusesACompressedControlFrame(Side side) {
    for (String head : List.of("c8 00", "c9 00", "ca 00")) {
      byte[] input = frameTo(side, head, "");
      assertFailsWhenSplit(() -> open(side, ALONE), side, Violation.RESERVED_BIT, input);
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesOtherReservedBitsAndUnknownOpcodes(Side side) {
    for (String head : List.of("a1 00", "91 00", "e1 00", "d1 00", "f1 00")) {
      byte[] input = frameTo(side, head, "");
      assertFailsWhenSplit(() -> open(side, ALONE), side, Violation.RESERVED_BIT, input);
    }
    byte[] input = frameTo(side, "c3 00", "");
    assertFailsWhenSplit(() -> open(side, ALONE), side, Violation.RESERVED_OPCODE, input);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("FR-08 refuses RSV1 without an agreement")
  void refusesCompressionThatWasNotAgreed(Side side) {
    byte[] input = frameTo(side, "c1 07", "f2 48 cd c9 c9 07 00");

    assertFailsWhenSplit(side, Violation.RESERVED_BIT, input);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("PD-10 takes messages that are not compressed among those that are")
  void takesMessagesThatAreNotCompressed(Side side) {
    byte[] plain = frameTo(side, "81 03", "61 62 63");
    byte[] input =
        join(
            plain,
            frameTo(side, "c1 07", "f2 48 cd c9 c9 07 00"),
            plain,
            frameTo(side, "c1 05", "f2 00 11 00 00"),
            plain);

    assertThat(events(side, TAKEOVER, input))
        .containsExactly(new Text("abc"), HELLO, new Text("abc"), HELLO, new Text("abc"));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("PD-14 goes on after a final block")
  void goesOnAfterAFinalBlock(Side side) {
    byte[] input =
        join(
            frameTo(side, "c1 08", "f3 48 cd c9 c9 07 00 00"),
            frameTo(side, "c1 05", "f2 00 11 00 00"));

    assertThat(events(side, TAKEOVER, input)).containsExactly(HELLO, HELLO);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("PD-16 takes the next frame out of the same buffer")
  void takesTheNextFrameOutOfTheSameBuffer(Side side) {
    byte[] input =
        join(
            frameTo(side, "c2 07", "f2 48 cd c9 c9 07 00"),
            frameTo(side, "c1 07", "f2 48 cd c9 c9 07 00"),
            frameTo(side, "88 00", ""));

    assertThat(events(side, ALONE, input))
        .containsExactly(new Binary(wire("48 65 6c 6c 6f")), HELLO, Close.EMPTY);
  }

  @ParameterizedTest
  @EnumSource
  void refusesTextThatIsNotUtf8AtItsFirstBadByte(Side side) {
    byte[] whole = frameTo(side, "c1 08", stored("c3 28") + "00");
    assertFailsWhenSplit(() -> open(side, ALONE), side, Violation.TEXT_NOT_UTF8, whole);

    byte[] begun = frameTo(side, "41 07", stored("c3 28"));
    assertFailsWhenSplit(() -> open(side, ALONE), side, Violation.TEXT_NOT_UTF8, begun);

    byte[] malformedLater = frameTo(side, "c1 08", stored("c3 28") + "07");
    assertFailsWhenSplit(() -> open(side, ALONE), side, Violation.TEXT_NOT_UTF8, malformedLater);

    byte[] unfinished = frameTo(side, "c1 07", stored("c3") + "00");
    assertFailsWhenSplit(() -> open(side, ALONE), side, Violation.TEXT_NOT_UTF8, unfinished);
  }

  @ParameterizedTest
  @EnumSource
  void takesACharacterThatFragmentsCutInTwo(Side side) {
    byte[] input =
        join(frameTo(side, "41 06", stored("c3")), frameTo(side, "80 07", stored("a9") + "00"));

    assertThat(events(side, ALONE, input)).containsExactly(new Text("é"));
  }

  @ParameterizedTest
  @EnumSource
  void givesBinaryMessagesArraysOfTheirOwn(Side side) {
    byte[] payload = join(wire("00 2c 01 d3 fe"), bytes(300), wire("00"));
    byte[] input = repeat(2, frameTo(side, "c2 7e 01 32", payload));

    List<Event> events = events(side, ALONE, input);

    assertThat(events).containsExactly(new Binary(bytes(300)), new Binary(bytes(300)));
    assertThat(((Binary) events.get(0)).data()).isNotSameAs(((Binary) events.get(1)).data());
  }

  @ParameterizedTest
  @EnumSource
  void handsOutAStreamedMessageInParts(Side side) {
    byte[] input =
        join(
            frameTo(side, "41 03", "f2 48 cd"),
            frameTo(side, "80 04", "c9 c9 07 00"),
            frameTo(side, "c1 05", "f2 00 11 00 00"));

    for (int at = 0; at <= input.length; at++) {
      Endpoint endpoint = open(side, TAKEOVER);
      endpoint.connection.streamMessages();
      endpoint.receive(Arrays.copyOf(input, at), Arrays.copyOfRange(input, at, input.length));

      assertThat(joined(endpoint.events)).as("split at %d", at).isEqualTo("Hello|Hello|");
    }
  }

  @ParameterizedTest
  @EnumSource
  void streamsFromTheMiddleOfAConnectionOn(Side side) {
    Endpoint endpoint = open(side, TAKEOVER);
    endpoint.receive(frameTo(side, "c1 07", "f2 48 cd c9 c9 07 00"));

    endpoint.connection.streamMessages();
    endpoint.receive(frameTo(side, "c1 05", "f2 00 11 00 00"));

    assertThat(endpoint.events)
        .containsExactly(HELLO, new Part(Opcode.TEXT, wire("48 65 6c 6c 6f"), true));
  }

  private static void assertMalformed(Side side, byte[] input, String what) {
    Endpoint.Outcome outcome =
        assertFailsWhenSplit(() -> open(side, ALONE), side, Violation.DEFLATE_MALFORMED, input);

    assertThat(((Failed) outcome.events().getLast()).detail())
        .isEqualTo("compressed message is malformed: " + what);
  }

  private static String joined(List<Event> parts) {
    var text = new StringBuilder();
    for (Event event : parts) {
      var part = (Part) event;
      for (byte letter : part.data()) text.append((char) letter);
      if (part.last()) text.append('|');
    }
    return text.toString();
  }

  // A stored block with a few bytes.
  private static String stored(String bytes) {
    int length = wire(bytes).length;
    return "00 %02x 00 %02x ff %s".formatted(length, 255 - length, bytes);
  }

  private static List<Event> events(Side side, DeflateAgreement agreement, byte[] input) {
    return assertSameWhenSplit(() -> open(side, agreement), input).events();
  }

  private static Endpoint open(Side side, DeflateAgreement agreement) {
    return Endpoint.open(side).deflating(agreement, DeflateOptions.SHARED);
  }
}
