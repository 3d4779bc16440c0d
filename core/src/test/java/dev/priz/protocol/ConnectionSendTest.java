package dev.priz.protocol;

import static dev.priz.protocol.Endpoint.utf8;
import static dev.priz.protocol.Wire.bytes;
import static dev.priz.protocol.Wire.frameFrom;
import static dev.priz.protocol.Wire.frameTo;
import static dev.priz.protocol.Wire.join;
import static dev.priz.protocol.Wire.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@link Connection} sends for the application, and what it refuses to. */
final class ConnectionSendTest {
  @ParameterizedTest
  @EnumSource
  void sendsText(Side side) {
    Endpoint endpoint = Endpoint.open(side);

    endpoint.sendText("aé€😀");

    assertThat(endpoint.takeOutput()).isEqualTo(frameFrom(side, "81 0a", utf8("aé€😀")));
  }

  @ParameterizedTest
  @CsvSource({
    "0,     00",
    "1,     01",
    "125,   7d",
    "126,   7e 00 7e",
    "127,   7e 00 7f",
    "65535, 7e ff ff",
    "65536, 7f 00 00 00 00 00 01 00 00",
    "65537, 7f 00 00 00 00 00 01 00 01"
  })
  @DisplayName("FR-29 sends each length in its shortest form")
  void sendsEachLengthInItsShortestForm(int length, String lengthOnWire) {
    for (Side side : Side.values()) {
      Endpoint endpoint = Endpoint.open(side);

      endpoint.send(Opcode.BINARY, true, bytes(length));
      assertThat(endpoint.takeOutput())
          .isEqualTo(frameFrom(side, "82" + lengthOnWire, bytes(length)));
      endpoint.sendText("a".repeat(length));
      assertThat(endpoint.takeOutput())
          .isEqualTo(frameFrom(side, "81" + lengthOnWire, utf8("a".repeat(length))));
    }
  }

  @ParameterizedTest
  @EnumSource
  void sendsFragments(Side side) {
    Endpoint endpoint = Endpoint.open(side);

    endpoint.send(Opcode.TEXT, false, utf8("He"));
    endpoint.send(Opcode.CONTINUATION, false, utf8("ll"));
    endpoint.send(Opcode.CONTINUATION, true, utf8("o"));
    endpoint.send(Opcode.BINARY, true, wire("ff"));

    assertThat(endpoint.takeOutput())
        .isEqualTo(
            join(
                frameFrom(side, "01 02", "48 65"),
                frameFrom(side, "00 02", "6c 6c"),
                frameFrom(side, "80 01", "6f"),
                frameFrom(side, "82 01", "ff")));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("FR-30 sends Pings and Pongs between fragments")
  void sendsControlFramesBetweenFragments(Side side) {
    Endpoint endpoint = Endpoint.open(side);

    endpoint.send(Opcode.BINARY, false, wire("01"));
    endpoint.send(Opcode.PING, true, wire("02"));
    endpoint.send(Opcode.PONG, true, wire(""));
    endpoint.receive(frameTo(side, "89 01", "03"));
    endpoint.send(Opcode.CONTINUATION, true, wire("04"));

    assertThat(endpoint.takeOutput())
        .isEqualTo(
            join(
                frameFrom(side, "02 01", "01"),
                frameFrom(side, "89 01", "02"),
                frameFrom(side, "8a 00", ""),
                frameFrom(side, "8a 01", "03"),
                frameFrom(side, "80 01", "04")));
  }

  @ParameterizedTest
  @EnumSource
  void sendsPreparedMessages(Side side) {
    Endpoint endpoint = Endpoint.open(side);

    endpoint.send(PreparedMessage.text("Hello"));
    endpoint.send(PreparedMessage.binary(bytes(200)));

    assertThat(endpoint.takeOutput())
        .isEqualTo(
            join(
                frameFrom(side, "81 05", "48 65 6c 6c 6f"),
                frameFrom(side, "82 7e 00 c8", bytes(200))));
  }

  @ParameterizedTest
  @EnumSource
  void refusesAContinuationOfNothing(Side side) {
    Endpoint endpoint = Endpoint.open(side);

    assertRefused(
        () -> endpoint.send(Opcode.CONTINUATION, true, wire("")),
        "CONTINUATION frame without a message to go on with");
    endpoint.send(Opcode.TEXT, true, wire(""));
    assertRefused(
        () -> endpoint.send(Opcode.CONTINUATION, true, wire("")),
        "CONTINUATION frame without a message to go on with");
  }

  @ParameterizedTest
  @EnumSource
  void refusesANewMessageBetweenFragments(Side side) {
    Endpoint endpoint = Endpoint.open(side);
    endpoint.send(Opcode.TEXT, false, wire(""));
    endpoint.takeOutput();
    String inText = "TEXT frame before the last fragment of the message before it";

    assertRefused(
        () -> endpoint.send(Opcode.BINARY, false, wire("")),
        "BINARY frame before the last fragment of the message before it");
    assertRefused(() -> endpoint.sendText(""), inText);
    assertRefused(() -> endpoint.send(PreparedMessage.text("")), inText);

    assertThat(endpoint.takeOutput()).isEmpty();
    endpoint.send(Opcode.CONTINUATION, true, wire(""));
    assertThat(endpoint.takeOutput()).isEqualTo(frameFrom(side, "80 00", ""));
  }

  @ParameterizedTest
  @EnumSource
  void refusesACloseFrame(Side side) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Endpoint.open(side).send(Opcode.CLOSE, true, wire("03 e8")))
        .withMessage("a Close frame goes through close()");
  }

  @ParameterizedTest
  @EnumSource(names = {"PING", "PONG"})
  void refusesAControlFrameThatIsFragmentedOrTooLong(Opcode opcode) {
    Endpoint endpoint = Endpoint.open(Side.CLIENT);

    endpoint.send(opcode, true, bytes(125));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> endpoint.send(opcode, true, bytes(126)))
        .withMessage("%s payload is 126 bytes, the limit is 125", opcode);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> endpoint.send(opcode, false, bytes(1)))
        .withMessage("%s frames cannot be fragmented", opcode);
  }

  @Test
  @DisplayName("U-07 refuses text with half a surrogate pair before anything is written")
  void refusesAnUnpairedSurrogate() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Connection.textBytes("ab\uD800"))
        .withMessage("text has an unpaired surrogate at index 2");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("CL-13 refuses to send after its Close frame")
  void refusesToSendAfterItsCloseFrame(Side side) {
    Endpoint endpoint = Endpoint.open(side);
    endpoint.close(1000, "");
    endpoint.takeOutput();

    assertSendsNothing(endpoint, "connection is CLOSE_SENT");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("CL-13 refuses to send after the peer's Close frame")
  void refusesToSendAfterThePeersCloseFrame(Side side) {
    Endpoint endpoint = Endpoint.open(side).receive(frameTo(side, "88 00", ""));
    endpoint.takeOutput();

    assertSendsNothing(endpoint, "connection is DRAINING");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("CL-13 refuses to send after the end of the stream")
  void refusesToSendAfterTheEndOfTheStream(Side side) {
    Endpoint endpoint = Endpoint.open(side);
    endpoint.connection.receiveEnd();

    assertSendsNothing(endpoint, "connection is CLOSED");
  }

  private static void assertSendsNothing(Endpoint endpoint, String reason) {
    assertRefused(() -> endpoint.sendText("a"), reason);
    assertRefused(() -> endpoint.send(Opcode.BINARY, true, bytes(1)), reason);
    assertRefused(() -> endpoint.send(Opcode.PING, true, bytes(1)), reason);
    assertRefused(() -> endpoint.send(Opcode.PONG, true, bytes(1)), reason);
    assertRefused(() -> endpoint.send(PreparedMessage.text("a")), reason);
    assertThat(endpoint.takeOutput()).isEmpty();
  }

  private static void assertRefused(ThrowingCallable send, String reason) {
    assertThatIllegalStateException().isThrownBy(send).withMessage(reason);
  }

  @ParameterizedTest
  @EnumSource
  void sendsAFrameInPieces(Side side) {
    Endpoint endpoint = Endpoint.open(side);

    endpoint.sendInPieces(Opcode.BINARY, bytes(300), 7);

    assertThat(endpoint.takeOutput()).isEqualTo(frameFrom(side, "82 7e 01 2c", bytes(300)));
  }

  @ParameterizedTest
  @EnumSource
  void keepsControlFramesOutOfAFrameInPieces(Side side) {
    Connection connection =
        new Connection(side, Limits.DEFAULT, Timeouts.DEFAULT, () -> 0, new Scratch(), 0);
    ByteBuffer out = ByteBuffer.allocate(Connection.MAX_POLL_BYTES);
    connection.close(new Close(CloseCode.NORMAL, ""), 0);
    assertThatIllegalStateException()
        .isThrownBy(() -> connection.beginFrame(Opcode.BINARY, true, true, bytes(3), out));
    Connection open =
        new Connection(side, Limits.DEFAULT, Timeouts.DEFAULT, () -> 0, new Scratch(), 0);
    open.beginFrame(Opcode.BINARY, true, true, bytes(3), out);

    open.close(new Close(CloseCode.NORMAL, ""), 0);
    assertThatIllegalStateException().isThrownBy(() -> open.poll(out));
  }
}
