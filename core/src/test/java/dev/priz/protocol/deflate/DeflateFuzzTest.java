package dev.priz.protocol.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.priz.fuzz.FuzzInput;
import java.util.ArrayList;
import java.util.List;

/** What the encoder makes of any messages comes out of both decoders as it was. */
final class DeflateFuzzTest {
  private static final List<DeflateLevel> LEVELS = List.of(DeflateLevel.values());
  private static final InflateLimits LIMITS =
      new InflateLimits(1 << 20, InflateLimits.ANY_RATIO, Integer.MAX_VALUE);

  private final DeflateOutput output = new DeflateOutput();

  @FuzzTest
  void inflatesToWhatItWas(byte[] bytes) {
    var input = new FuzzInput(bytes);
    DeflateLevel level = input.pick(LEVELS);
    int windowBits = 8 + input.below(8);
    boolean takeover = input.flag();
    var way =
        new InflateWay(
            1 + input.below(20),
            1 + input.below(256),
            1 + 64 * input.below(256),
            input.flag(),
            input.flag());
    List<byte[]> messages = FuzzMessages.read(input);

    List<byte[]> payloads =
        takeover ? withHistory(level, windowBits, messages) : alone(level, windowBits, messages);

    assertInflates(InflateWay.WHOLE, windowBits, takeover, payloads, messages);
    assertInflates(way, windowBits, takeover, payloads, messages);
    assertJdkInflates(takeover, payloads, messages);
  }

  private List<byte[]> withHistory(DeflateLevel level, int windowBits, List<byte[]> messages) {
    var encoder = new DeflateEncoder(level);
    var history = new DeflateHistory(windowBits);
    List<byte[]> payloads = new ArrayList<>();
    for (byte[] message : messages) {
      output.truncate(0);
      encoder.compress(history, message, 0, message.length, output);
      payloads.add(boundedCopy(message));
    }
    return payloads;
  }

  private List<byte[]> alone(DeflateLevel level, int windowBits, List<byte[]> messages) {
    var encoder = new DeflateEncoder(level);
    List<byte[]> payloads = new ArrayList<>();
    for (byte[] message : messages) payloads.add(alone(encoder, windowBits, message));

    byte[] last = messages.getLast();
    assertThat(alone(new DeflateEncoder(level), windowBits, last))
        .as("whatever was compressed before")
        .isEqualTo(payloads.getLast());
    return payloads;
  }

  private byte[] alone(DeflateEncoder encoder, int windowBits, byte[] message) {
    output.truncate(0);
    encoder.compress(windowBits, message, 0, message.length, output);
    return boundedCopy(message);
  }

  private byte[] boundedCopy(byte[] message) {
    assertThat((long) output.length()).isLessThanOrEqualTo(DeflateEncoder.maxBytes(message.length));
    return output.copy();
  }

  // A window of so many bits refuses what reaches further back.
  private static void assertInflates(
      InflateWay way,
      int windowBits,
      boolean takeover,
      List<byte[]> payloads,
      List<byte[]> messages) {
    List<InflateOutcome> outcomes = way.inflate(windowBits, takeover, LIMITS, payloads);
    List<InflateOutcome> expected = messages.stream().map(InflateOutcome::of).toList();
    // Not by the lists, which would be printed.
    assertThat(outcomes.equals(expected)).as("%s, window bits %d", way, windowBits).isTrue();
  }

  private static void assertJdkInflates(
      boolean takeover, List<byte[]> payloads, List<byte[]> messages) {
    try (JdkInflater connection = new JdkInflater()) {
      for (int i = 0; i < payloads.size(); i++) {
        byte[] payload = payloads.get(i);
        byte[] plain = takeover ? connection.inflate(payload) : JdkInflater.inflateAlone(payload);
        assertThat(plain).as("the JDK's, message %d", i).isEqualTo(messages.get(i));
      }
    }
  }
}
