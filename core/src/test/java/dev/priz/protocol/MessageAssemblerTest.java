package dev.priz.protocol;

import static dev.priz.protocol.Wire.bytes;
import static dev.priz.protocol.Wire.heap;
import static dev.priz.protocol.Wire.join;
import static dev.priz.protocol.Wire.letters;
import static dev.priz.protocol.Wire.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MessageAssemblerTest {
  private static final Limits LIMITS = Limits.DEFAULT.maxMessageBytes(10).maxFragments(3);

  private final FrameReader reader = new FrameReader(Side.CLIENT);
  private MessageAssembler assembler = new MessageAssembler(LIMITS);
  private ByteBuffer in = heap(wire(""));

  @Test
  void makesAWholeFrameATextAtOnce() {
    assertThat(begin("81 03 61 c3 a9")).isNull();
    assertThat(assembler.isWhole(reader)).isTrue();

    assertThat(receiveWhole()).isEqualTo(new Text("aé"));
    assertThat(assembler.inMessage()).isFalse();
  }

  @Test
  void makesAWholeFrameABinaryAtOnce() {
    assertThat(begin("82 02 00 ff")).isNull();

    assertThat(receiveWhole()).isEqualTo(new Binary(wire("00 ff")));
    assertThat(assembler.inMessage()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {Scratch.BYTES, Scratch.BYTES + 1})
  void makesTextsLongerThanTheScratchAtOnce(int length) {
    assembler = new MessageAssembler(Limits.DEFAULT);
    in = heap(join(wire("81 7f 00 00 00 00"), wire("%08x".formatted(length)), letters(length)));

    assertThat(begin()).isNull();

    assertThat(receiveWhole()).isEqualTo(new Text("a".repeat(length)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"81 01 ff", "81 02 61 c3", "81 03 e2 28 a1"})
  void refusesAWholeTextThatIsNotUtf8(String frame) {
    assertThat(begin(frame)).isNull();

    assertThat(receiveWhole()).isNull();
  }

  @Test
  void putsFragmentsTogether() {
    assertThat(beginAndReceive("01 02 61 c3")).isTrue();
    assertThat(beginAndReceive("00 01 a9")).isTrue();
    assertThat(assembler.inMessage()).isTrue();
    assertThat(assembler.size()).isEqualTo(3);
    assertThat(beginAndReceive("80 01 62")).isTrue();

    assertThat(assembler.takeMessage()).isEqualTo(new Text("aéb"));
    assertThat(assembler.inMessage()).isFalse();
    assertThat(assembler.size()).isZero();
  }

  @Test
  void putsPiecesOfAFrameTogether() {
    begin("82 05 01 02");
    assertThat(receive()).isTrue();
    assertThat(assembler.endsMessage(reader)).isFalse();
    assertThat(assembler.isWhole(reader)).isFalse();

    assertThat(receive(heap(wire("03")))).isTrue();
    assertThat(receive(heap(wire("04 05")))).isTrue();

    assertThat(assembler.endsMessage(reader)).isTrue();
    assertThat(assembler.takeMessage()).isEqualTo(new Binary(wire("01 02 03 04 05")));
  }

  @Test
  void endsAMessageWithTheLastFragmentOnly() {
    beginAndReceive("02 01 61");

    assertThat(assembler.endsMessage(reader)).isFalse();
    assertThat(assembler.isWhole(reader)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"02 00, 80 00, 0", "02 01 aa, 80 00, 1", "02 00, 80 01 aa, 1"})
  void takesEmptyFragments(String first, String last, int size) {
    beginAndReceive(first);

    assertThat(begin(last)).isNull();
    assertThat(assembler.isWhole(reader)).isFalse();
    assertThat(receive()).isTrue();

    assertThat(assembler.takeMessage().data()).hasSize(size);
  }

  @ParameterizedTest
  @CsvSource({"01 01 ff", "01 02 f4 90", "81 01 c3"})
  void refusesTextAtTheFirstByteThatBreaksIt(String frame) {
    assertThat(beginAndReceive(frame)).isFalse();
  }

  @Test
  void startsEachTextAnew() {
    beginAndReceive("01 01 61");
    beginAndReceive("80 01 62");
    assembler.takeMessage();

    begin("81 02 c3 a9");

    assertThat(receiveWhole()).isEqualTo(new Text("é"));
  }

  @Test
  void refusesAContinuationOfNothing() {
    assertThat(begin("80 00")).isEqualTo(Violation.UNEXPECTED_CONTINUATION);
  }

  @ParameterizedTest
  @ValueSource(strings = {"01 00", "81 00", "02 00", "82 00"})
  void refusesANewMessageInsideAnother(String frame) {
    beginAndReceive("01 01 61");

    assertThat(begin(frame)).isEqualTo(Violation.INTERLEAVED_MESSAGE);
  }

  @Test
  void limitsTheDeclaredLengthOfAllFragments() {
    assertThat(beginAndReceive("02 07 01 02 03 04 05 06 07")).isTrue();

    assertThat(begin("00 03")).isNull();
    assertThat(receive(heap(wire("01 02 03")))).isTrue();
    reader.endFrame();

    assertThat(begin("80 01")).isEqualTo(Violation.MESSAGE_TOO_BIG);
  }

  @ParameterizedTest
  @ValueSource(strings = {"82 0b", "02 7f 7f ff ff ff ff ff ff ff"})
  void limitsTheDeclaredLengthOfTheFirstFrame(String head) {
    assertThat(begin(head)).isEqualTo(Violation.MESSAGE_TOO_BIG);
  }

  @Test
  void limitsTheNumberOfFragments() {
    beginAndReceive("02 00");
    beginAndReceive("00 00");
    assertThat(beginAndReceive("00 00")).isTrue();

    assertThat(begin("80 00")).isEqualTo(Violation.TOO_MANY_FRAGMENTS);
  }

  @Test
  void countsFragmentsAnewInTheNextMessage() {
    beginAndReceive("02 00");
    beginAndReceive("80 00");
    assembler.takeMessage();

    assertThat(beginAndReceive("02 00")).isTrue();
    assertThat(beginAndReceive("00 00")).isTrue();
    assertThat(begin("80 00")).isNull();
  }

  @Test
  void handsOutPartsIfItStreams() {
    assembler.streamMessages();
    begin("01 03 61 c3");
    assertThat(assembler.isWhole(reader)).isFalse();
    receive();
    assertThat(assembler.takePart(false)).isEqualTo(new Part(Opcode.TEXT, wire("61 c3"), false));

    assertThat(receive(heap(wire("a9")))).isTrue();

    assertThat(assembler.size()).isEqualTo(1);
    assertThat(assembler.takePart(true)).isEqualTo(new Part(Opcode.TEXT, wire("a9"), true));
    assertThat(assembler.inMessage()).isFalse();
  }

  @Test
  void limitsNeitherSizeNorFragmentsIfItStreams() {
    assembler.streamMessages();

    assertThat(beginAndReceive("02 0b 01 02 03 04 05 06 07 08 09 0a 0b")).isTrue();
    assembler.takePart(false);
    for (int i = 0; i < 9; i++) assertThat(beginAndReceive("00 00")).isTrue();

    assertThat(begin("80 7f 7f ff ff ff ff ff ff ff 01 02")).isNull();
    assertThat(receive()).isTrue();
    assertThat(assembler.takePart(false).data()).isEqualTo(wire("01 02"));
  }

  @Test
  void hasNothingToHandOutBetweenMessages() {
    assertThatThrownBy(assembler::takeMessage).isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> assembler.takePart(true)).isInstanceOf(AssertionError.class);
  }

  @Test
  void handsOutABinaryMessageInAnArrayOfItsSize() {
    assembler = new MessageAssembler(Limits.DEFAULT);
    in = heap(join(wire("02 05"), bytes(5)));
    begin();
    receive();
    reader.endFrame();
    in = heap(join(wire("80 01"), wire("ff")));
    begin();
    receive();

    assertThat(assembler.takeMessage()).isEqualTo(new Binary(join(bytes(5), wire("ff"))));
  }

  private @Nullable Violation begin(String frame) {
    in = heap(wire(frame));
    return begin();
  }

  private @Nullable Violation begin() {
    reader.receiveHeader(in);
    return assembler.begin(reader);
  }

  private boolean beginAndReceive(String frame) {
    assertThat(begin(frame)).isNull();
    boolean received = receive();
    reader.endFrame();
    return received;
  }

  private boolean receive() {
    return receive(in);
  }

  private boolean receive(ByteBuffer input) {
    return assembler.receive(reader, input, new Scratch()) == null;
  }

  private @Nullable Message receiveWhole() {
    return assembler.receiveWhole(reader, in, new Scratch());
  }
}
