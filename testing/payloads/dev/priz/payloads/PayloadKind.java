package dev.priz.payloads;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What applications send over WebSockets, made by code and the same at each run: no text here was
 * taken from anywhere. Messages of one kind and size differ from one another as those of an
 * application do.
 */
public enum PayloadKind {
  /** Messages of a chat, as JSON; more than one of them in a larger payload, as in a history. */
  CHAT,
  /** Trades of a stock or crypto exchange, as JSON. */
  TICKS,
  /** Binary updates of an editor that many people share, in the manner of Yjs. */
  YJS,
  /** Turkish prose. */
  TURKISH,
  /** English prose. */
  ENGLISH,
  /** Pieces of a page, as a server that renders HTML sends them. */
  HTML,
  /** Bytes that nothing can make shorter. */
  RANDOM;

  /** One payload of so many bytes, the same for the same seed. */
  public byte[] payload(int bytes, long seed) {
    SplittableRandom random = new SplittableRandom(seed * 31 + name().hashCode());
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes + 512);
    while (out.size() < bytes) writeRecord(random, out);
    // The last record is cut off, as its end is no different from its beginning to a compressor.
    return Arrays.copyOf(out.toByteArray(), bytes);
  }

  /** Many different payloads of the same size. */
  public List<byte[]> payloads(int bytes, int count) {
    List<byte[]> payloads = new ArrayList<>(count);
    for (int i = 0; i < count; i++) payloads.add(payload(bytes, 1_000_003L * i + bytes));
    return payloads;
  }

  private void writeRecord(SplittableRandom random, ByteArrayOutputStream out) {
    switch (this) {
      case CHAT -> Records.chat(random, out);
      case TICKS -> Records.tick(random, out);
      case YJS -> Records.edit(random, out);
      case TURKISH -> write(out, new Vocabulary(random).turkish() + " ");
      case ENGLISH -> write(out, new Vocabulary(random).english() + " ");
      case HTML -> Records.html(random, out);
      case RANDOM -> {
        for (int i = 0; i < 64; i++) out.write(random.nextInt());
      }
    }
  }

  static void write(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
