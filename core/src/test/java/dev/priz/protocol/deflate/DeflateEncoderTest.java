package dev.priz.protocol.deflate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.payloads.PayloadKind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that stand alone. */
final class DeflateEncoderTest {
  private final DeflateOutput output = new DeflateOutput();

  @ParameterizedTest
  @EnumSource
  void roundTripsAllSmallSizes(DeflateLevel level) {
    DeflateEncoder encoder = new DeflateEncoder(level);
    for (int bytes = 0; bytes <= 600; bytes++) {
      for (byte[] message : Samples.ofSize(bytes)) assertRoundTrip(encoder, 15, message);
    }
  }

  @ParameterizedTest
  @EnumSource
  void roundTripsLargeSizes(DeflateLevel level) {
    DeflateEncoder encoder = new DeflateEncoder(level);
    for (int bytes : new int[] {4096, 32_768, 49_152, 49_153, 65_534, 65_535, 65_536, 1 << 20}) {
      for (byte[] message : Samples.ofSize(bytes)) assertRoundTrip(encoder, 15, message);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 9, 10, 11, 12, 13, 14, 15})
  void reachesNoFurtherThanTheWindow(int windowBits) {
    for (DeflateLevel level : DeflateLevel.values()) {
      DeflateEncoder encoder = new DeflateEncoder(level);
      NaiveInflater inflater = new NaiveInflater();
      for (int bytes : new int[] {200, 257, 1000, 20_000, 70_000}) {
        for (byte[] message : Samples.ofSize(bytes)) {
          byte[] payload = assertRoundTrip(encoder, windowBits, message);
          assertThat(inflater.inflate(payload)).isEqualTo(message);
        }
      }
      assertThat(inflater.greatestDistance)
          .isBetween((1 << windowBits) - (1 << windowBits) / 8, 1 << windowBits);
    }
  }

  @Test
  void reachesTheWindowsLastByte() {
    byte[] half = PayloadKind.RANDOM.payload(256, 1);
    byte[] message = Arrays.copyOf(half, 512);
    System.arraycopy(half, 0, message, 256, 256);
    NaiveInflater inflater = new NaiveInflater();

    inflater.inflate(assertRoundTrip(new DeflateEncoder(DeflateLevel.SMALLEST), 8, message));

    assertThat(inflater.greatestDistance).isEqualTo(256);
  }

  @ParameterizedTest
  @EnumSource
  void roundTripsWhatIsRandomInEveryWay(DeflateLevel level) {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    DeflateEncoder encoder = new DeflateEncoder(level);
    for (int round = 0; round < 2_000; round++) {
      byte[] message = randomMessage(random);
      assertThat(compress(encoder, 8 + random.nextInt(8), message))
          .as("seed %d, round %d", seed, round)
          .satisfies(p -> assertThat(JdkInflater.inflateAlone(p)).isEqualTo(message));
    }
  }

  @Test
  void roundTripsCodesBehindAnyNumberOfUnusedSymbols() {
    DeflateEncoder encoder = new DeflateEncoder(DeflateLevel.BALANCED);
    SplittableRandom random = new SplittableRandom(1);
    byte[] message = new byte[600];
    for (int first = 0; first < 255; first++) {
      for (int i = 0; i < message.length; i++) message[i] = (byte) (first + random.nextInt(2));

      assertRoundTrip(encoder, 15, message);
    }
  }

  @Test
  void givesEqualOutputForEqualMessagesWhateverCameBefore() {
    DeflateEncoder encoder = new DeflateEncoder(DeflateLevel.BALANCED);
    byte[] message = PayloadKind.CHAT.payload(1000, 1);
    byte[] first = compress(encoder, 15, message);
    for (int i = 0; i < 500; i++) {
      compress(encoder, 15, PayloadKind.CHAT.payload(i * 7, i));

      assertThat(compress(encoder, 15, message)).isEqualTo(first);
    }
  }

  @Test
  void compressesPartOfAnArray() {
    byte[] message = PayloadKind.CHAT.payload(500, 1);
    DeflateEncoder encoder = new DeflateEncoder(DeflateLevel.BALANCED);

    encoder.compress(15, message, 100, 350, output);

    assertThat(JdkInflater.inflateAlone(output.copy()))
        .isEqualTo(Arrays.copyOfRange(message, 100, 350));
  }

  @Test
  void writesBehindWhatIsInTheOutput() {
    output.reserve(4);
    output.moveTo(4);

    new DeflateEncoder(DeflateLevel.BALANCED).compress(15, new byte[0], 0, 0, output);

    assertThat(output.copy()).containsExactly(0, 0, 0, 0, 0);
  }

  @Test
  void writesTheExamplesOfTheRfc() {
    // RFC 7692 §7.2.3.1: "Hello", and §7.2.3.6: an empty message.
    DeflateEncoder encoder = new DeflateEncoder(DeflateLevel.BALANCED);

    assertThat(hex(encoder, "Hello")).isEqualTo("f2 48 cd c9 c9 07 00");
    assertThat(hex(encoder, "")).isEqualTo("00");
  }

  @Test
  void choosesTheShortestKindOfBlock() {
    assertThat(blocksOf(PayloadKind.RANDOM.payload(100, 1))).containsExactly(2, 0, 0);
    assertThat(blocksOf("Hello, hello".getBytes(StandardCharsets.UTF_8))).containsExactly(1, 1, 0);
    assertThat(blocksOf(PayloadKind.CHAT.payload(1000, 1))).containsExactly(1, 0, 1);
  }

  @Test
  void refusesAWindowThatDeflateDoesNotHave() {
    DeflateEncoder encoder = new DeflateEncoder(DeflateLevel.BALANCED);

    assertThatThrownBy(() -> encoder.compress(7, new byte[1], 0, 1, output))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("window is 7 bits, not 8 to 15");
    assertThatThrownBy(() -> encoder.compress(16, new byte[1], 0, 1, output))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> encoder.compress(15, new byte[1], 0, 2, output))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private int[] blocksOf(byte[] message) {
    NaiveInflater inflater = new NaiveInflater();
    inflater.inflate(compress(new DeflateEncoder(DeflateLevel.BALANCED), 15, message));
    return inflater.blocks;
  }

  private String hex(DeflateEncoder encoder, String text) {
    return HexFormat.ofDelimiter(" ")
        .formatHex(compress(encoder, 15, text.getBytes(StandardCharsets.UTF_8)));
  }

  private byte[] assertRoundTrip(DeflateEncoder encoder, int windowBits, byte[] message) {
    byte[] payload = compress(encoder, windowBits, message);
    assertThat(JdkInflater.inflateAlone(payload)).isEqualTo(message);
    assertThat((long) payload.length).isLessThanOrEqualTo(DeflateEncoder.maxBytes(message.length));
    return payload;
  }

  private byte[] compress(DeflateEncoder encoder, int windowBits, byte[] message) {
    output.truncate(0);
    encoder.compress(windowBits, message, 0, message.length, output);
    return output.copy();
  }

  private static byte[] randomMessage(SplittableRandom random) {
    byte[] message = new byte[random.nextInt(1 + (1 << random.nextInt(17)))];
    int letters = 1 + random.nextInt(256);
    int at = 0;
    while (at < message.length) {
      int run = Math.min(1 + random.nextInt(1 << random.nextInt(10)), message.length - at);
      boolean repeated = at > 0 && random.nextBoolean();
      int back = repeated ? 1 + random.nextInt(at) : 0;
      for (int end = at + run; at < end; at++) {
        message[at] = repeated ? message[at - back] : (byte) random.nextInt(letters);
      }
    }
    return message;
  }
}
