package dev.priz.protocol.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.payloads.PayloadKind;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages, and pieces of messages, that repeat what came before them. */
final class DeflateHistoryTest {
  private static final PayloadKind[] KINDS = PayloadKind.values();

  private final DeflateOutput output = new DeflateOutput();

  @ParameterizedTest
  @ValueSource(ints = {8, 9, 10, 11, 12, 13, 14, 15})
  void repeatsEarlierMessagesWithinTheWindow(int windowBits) {
    for (DeflateLevel level : DeflateLevel.values()) {
      DeflateEncoder encoder = new DeflateEncoder(level);
      DeflateHistory history = new DeflateHistory(windowBits);
      NaiveInflater naive = new NaiveInflater();
      try (JdkInflater jdk = new JdkInflater()) {
        for (int i = 0; i < 300; i++) {
          byte[] message = KINDS[i / 20 % KINDS.length].payload(1 << i % 14, i);
          byte[] payload = compress(encoder, history, message);
          assertThat(jdk.inflate(payload)).isEqualTo(message);
          assertThat(naive.inflate(payload)).isEqualTo(message);
        }
      }
      assertThat(naive.greatestDistance)
          .isBetween((1 << windowBits) - (1 << windowBits) / 8, 1 << windowBits);
    }
  }

  @Test
  void makesARepeatedMessageTiny() {
    DeflateEncoder encoder = new DeflateEncoder(DeflateLevel.BALANCED);
    DeflateHistory history = new DeflateHistory(12);
    byte[] message = PayloadKind.CHAT.payload(200, 1);
    compress(encoder, history, message);

    assertThat(compress(encoder, history, message).length).isLessThan(10);
  }

  @Test
  void sharesAnEncoderBetweenHistories() {
    DeflateEncoder encoder = new DeflateEncoder(DeflateLevel.BALANCED);
    DeflateHistory[] histories = {new DeflateHistory(9), new DeflateHistory(15)};
    try (JdkInflater first = new JdkInflater();
        JdkInflater second = new JdkInflater()) {
      JdkInflater[] inflaters = {first, second};
      for (int i = 0; i < 200; i++) {
        byte[] message = PayloadKind.CHAT.payload(i * 5, i);
        byte[] payload = compress(encoder, histories[i % 2], message);
        assertThat(inflaters[i % 2].inflate(payload)).isEqualTo(message);
      }
    }
  }

  @Test
  void standsAloneAfterForgetting() {
    DeflateEncoder encoder = new DeflateEncoder(DeflateLevel.BALANCED);
    DeflateHistory history = new DeflateHistory(10);
    byte[] message = PayloadKind.CHAT.payload(3000, 1);
    byte[] first = compress(encoder, history, message);
    history.forget();

    assertThat(compress(encoder, history, message)).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 12, 15})
  void takesMessagesInPieces(int windowBits) {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    DeflateEncoder encoder = new DeflateEncoder(DeflateLevel.BALANCED);
    DeflateHistory history = new DeflateHistory(windowBits);
    try (JdkInflater inflater = new JdkInflater()) {
      for (int round = 0; round < 300; round++) {
        byte[] message = KINDS[round % KINDS.length].payload(random.nextInt(30_000), round);
        byte[] payload = inPieces(encoder, history, message, random);
        assertThat(inflater.inflate(payload))
            .as("seed %d, round %d", seed, round)
            .isEqualTo(message);
      }
    }
  }

  @Test
  void givesEachPieceToThePeer() {
    DeflateEncoder encoder = new DeflateEncoder(DeflateLevel.BALANCED);
    DeflateHistory history = new DeflateHistory(12);
    byte[] piece = PayloadKind.CHAT.payload(300, 1);

    encoder.compressPiece(history, piece, 0, 300, output);

    try (JdkInflater inflater = new JdkInflater()) {
      assertThat(inflater.inflatePiece(output.copy())).isEqualTo(piece);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 9, 10, 11, 12, 13, 14, 15})
  void repeatsMessagesThatWentPastIt(int windowBits) {
    DeflateEncoder encoder = new DeflateEncoder(DeflateLevel.BALANCED);
    DeflateHistory history = new DeflateHistory(windowBits);
    NaiveInflater naive = new NaiveInflater();
    try (JdkInflater jdk = new JdkInflater()) {
      for (int i = 0; i < 600; i++) {
        byte[] message = KINDS[i / 20 % KINDS.length].payload(3 << i % 15, i);
        byte[] payload;
        if (i % 3 == 0) {
          output.truncate(0);
          encoder.compress(windowBits, message, 0, message.length, output);
          payload = output.copy();
          history.skip(message, 0, message.length);
        } else {
          payload = compress(encoder, history, message);
        }
        assertThat(jdk.inflate(payload)).isEqualTo(message);
        assertThat(naive.inflate(payload)).isEqualTo(message);
      }
    }
    assertThat(naive.greatestDistance).isLessThanOrEqualTo(1 << windowBits);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 9, 10, 11, 12, 13, 14, 15})
  void keepsLittleForAConnection(int windowBits) {
    int bytes = new DeflateHistory(windowBits).stateBytes();

    assertThat(bytes).isLessThanOrEqualTo((2 << windowBits) + 32 * 1024);
    if (windowBits == 12) assertThat(bytes).isLessThanOrEqualTo(16 * 1024 - 256);
  }

  private byte[] compress(DeflateEncoder encoder, DeflateHistory history, byte[] message) {
    output.truncate(0);
    encoder.compress(history, message, 0, message.length, output);
    assertThat((long) output.length()).isLessThanOrEqualTo(DeflateEncoder.maxBytes(message.length));
    return output.copy();
  }

  private byte[] inPieces(
      DeflateEncoder encoder, DeflateHistory history, byte[] message, SplittableRandom random) {
    output.truncate(0);
    int longest = 1 << (2 + random.nextInt(14));
    int at = 0;
    while (at < message.length && random.nextInt(16) > 0) {
      int end = Math.min(message.length, at + random.nextInt(longest));
      encoder.compressPiece(history, message, at, end, output);
      at = end;
    }
    encoder.compress(history, message, at, message.length, output);
    return output.copy();
  }
}
