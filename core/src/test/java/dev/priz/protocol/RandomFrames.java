package dev.priz.protocol;

import static dev.priz.protocol.Endpoint.utf8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;

/** Frames as a peer might send them: mostly right, at times wrong; the same for the same seed. */
final class RandomFrames {
  private static final int[] FORMS = {0x00, 0x01, 0x02, 0x80, 0x80, 0x80, 0x81, 0x82, 0x89, 0x8A};
  private static final int[] CLOSE_CODES = {1000, 1001, 1005, 1014, 1016, 2999, 3000, 4999, 5000};
  private static final String[] TEXTS = {
    "", "a", "héllo", "€", "😀", "κόσμε", "plain text of some length"
  };

  private final Side receiver;
  private final Random random;
  private final ByteArrayOutputStream wire = new ByteArrayOutputStream();
  private boolean inMessage;

  private RandomFrames(Side receiver, Random random) {
    this.receiver = receiver;
    this.random = random;
  }

  /** The bytes of a few frames on their way to a side. */
  static byte[] next(Side receiver, Random random) {
    var frames = new RandomFrames(receiver, random);
    int count = 1 + random.nextInt(12);
    for (int i = 0; i < count; i++) frames.addFrame();
    byte[] bytes = frames.wire.toByteArray();
    return random.nextInt(3) == 0 ? frames.mutate(bytes) : bytes;
  }

  private void addFrame() {
    int form = form();
    byte[] payload = payload(form);
    wire.write(form);
    writeLength(payload.length);
    if (receiver == Side.SERVER) {
      byte[] key = new byte[4];
      random.nextBytes(key);
      wire.writeBytes(key);
      for (int i = 0; i < payload.length; i++) payload[i] ^= key[i % 4];
    }
    wire.writeBytes(payload);
  }

  private void writeLength(int length) {
    int maskBit = receiver == Side.SERVER ? 0x80 : 0;
    if (random.nextInt(60) == 0) {
      byte[] wrong = new byte[random.nextBoolean() ? 2 : 8];
      random.nextBytes(wrong);
      if (random.nextBoolean()) wrong[0] = 0;
      wire.write(maskBit | (wrong.length == 2 ? 126 : 127));
      wire.writeBytes(wrong);
    } else if (length < 126) {
      wire.write(maskBit | length);
    } else {
      wire.write(maskBit | 126);
      wire.write(length >> 8);
      wire.write(length);
    }
  }

  // A first byte that may follow, nearly always.
  private int form() {
    if (random.nextInt(40) == 0) return random.nextInt(0x100);
    if (random.nextInt(40) == 0) return 0x88;
    while (true) {
      int form = FORMS[random.nextInt(FORMS.length)];
      boolean control = (form & 0x08) != 0;
      boolean continues = (form & 0x0F) == 0;
      if (control) return form;
      if (continues == inMessage) {
        inMessage = form < 0x80;
        return form;
      }
    }
  }

  private byte[] payload(int form) {
    if (form == 0x88) return closePayload();
    byte[] payload;
    if (random.nextBoolean()) {
      payload = utf8(TEXTS[random.nextInt(TEXTS.length)]);
    } else {
      payload = new byte[random.nextInt(random.nextInt(8) == 0 ? 160 : 20)];
      random.nextBytes(payload);
      for (int i = 0; random.nextBoolean() && i < payload.length; i++) payload[i] &= 0x7F;
    }
    return payload.length > 125 && form >= 0x88 ? Arrays.copyOf(payload, 125) : payload;
  }

  private byte[] closePayload() {
    int code = CLOSE_CODES[random.nextInt(CLOSE_CODES.length)];
    byte[] payload = {(byte) (code >> 8), (byte) code, 'b', (byte) random.nextInt(0x90)};
    return Arrays.copyOf(payload, random.nextInt(5));
  }

  private byte[] mutate(byte[] bytes) {
    byte[] mutated = bytes.clone();
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      mutated[random.nextInt(mutated.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return random.nextInt(3) == 0
        ? Arrays.copyOf(mutated, random.nextInt(mutated.length))
        : mutated;
  }
}
