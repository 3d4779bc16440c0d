package dev.priz.benchmarks.soak;

import dev.priz.payloads.PayloadKind;
import dev.priz.protocol.Binary;
import dev.priz.protocol.Message;
import dev.priz.protocol.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The messages that peers choose from: texts and bytes of several kinds, most of them small. */
final class Repertoire {
  /** How many of a thousand messages are at most so long. */
  private record Share(int perMille, int leastBytes, int mostBytes) {}

  private static final List<Share> SHARES =
      List.of(
          new Share(600, 8, 125),
          new Share(300, 126, 2_000),
          new Share(80, 2_000, 8_000),
          new Share(17, 8_000, 32_000),
          new Share(3, 66_000, 200_000));
  private static final int MESSAGES = 2_000;
  private static final PayloadKind[] TEXTS = {
    PayloadKind.CHAT, PayloadKind.TICKS, PayloadKind.TURKISH, PayloadKind.ENGLISH, PayloadKind.HTML
  };
  private static final PayloadKind[] BYTES = {PayloadKind.YJS, PayloadKind.RANDOM};

  private final List<Message> messages = new ArrayList<>();

  /** The same messages for the same seed. */
  Repertoire(long seed) {
    var random = new SplittableRandom(seed);
    for (Share share : SHARES) {
      for (int i = 0; i < MESSAGES * share.perMille / 1_000; i++) {
        messages.add(message(random, random.nextInt(share.leastBytes, share.mostBytes + 1)));
      }
    }
  }

  /** One of them. */
  Message choose(SplittableRandom random) {
    return messages.get(random.nextInt(messages.size()));
  }

  private static Message message(SplittableRandom random, int bytes) {
    if (random.nextInt(4) == 0) {
      return new Binary(BYTES[random.nextInt(BYTES.length)].payload(bytes, random.nextLong()));
    }
    byte[] text = TEXTS[random.nextInt(TEXTS.length)].payload(bytes, random.nextLong());
    // Its last character may be cut in two, which decoding mends.
    return new Text(new String(text, StandardCharsets.UTF_8));
  }
}
