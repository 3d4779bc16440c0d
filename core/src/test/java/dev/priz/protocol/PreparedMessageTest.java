package dev.priz.protocol;

import static dev.priz.protocol.Endpoint.utf8;
import static dev.priz.protocol.Wire.bytes;
import static dev.priz.protocol.Wire.join;
import static dev.priz.protocol.Wire.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PreparedMessageTest {
  @Test
  void framesText() {
    var message = PreparedMessage.text("héllo");

    assertThat(message.opcode()).isEqualTo(Opcode.TEXT);
    assertThat(message.size()).isEqualTo(6);
    assertThat(message.payload()).isEqualTo(ByteBuffer.wrap(utf8("héllo")));
    assertThat(message.frame()).isEqualTo(ByteBuffer.wrap(wire("81 06 68 c3 a9 6c 6c 6f")));
  }

  @ParameterizedTest
  @CsvSource({"0, 82 00", "126, 82 7e 00 7e", "65536, 82 7f 00 00 00 00 00 01 00 00"})
  void framesBinary(int size, String head) {
    var message = PreparedMessage.binary(bytes(size));

    assertThat(message.opcode()).isEqualTo(Opcode.BINARY);
    assertThat(message.size()).isEqualTo(size);
    assertThat(message.payload()).isEqualTo(ByteBuffer.wrap(bytes(size)));
    assertThat(message.frame()).isEqualTo(ByteBuffer.wrap(join(wire(head), bytes(size))));
  }

  @Test
  void copiesWhatItWasGiven() {
    byte[] data = wire("01 02");
    var message = PreparedMessage.binary(data);

    data[0] = 9;

    assertThat(message.payload()).isEqualTo(ByteBuffer.wrap(wire("01 02")));
  }

  @Test
  void givesViewsThatDoNotChangeIt() {
    var message = PreparedMessage.text("ab");

    message.frame().get();
    message.payload().get();

    assertThat(message.frame().isReadOnly()).isTrue();
    assertThat(message.payload().isReadOnly()).isTrue();
    assertThat(message.frame().remaining()).isEqualTo(4);
    assertThat(message.payload().remaining()).isEqualTo(2);
    assertThat(message.payload().position()).isZero();
  }

  @Test
  @DisplayName("U-07 refuses text with half a surrogate pair")
  void refusesAnUnpairedSurrogate() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PreparedMessage.text("\uD800"))
        .withMessage("text has an unpaired surrogate at index 0");
  }
}
