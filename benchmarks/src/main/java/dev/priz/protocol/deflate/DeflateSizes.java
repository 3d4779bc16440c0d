package dev.priz.protocol.deflate;

import dev.priz.payloads.PayloadKind;
import java.util.List;

/** Prints how large messages become, which needs no clock. */
public final class DeflateSizes {
  private static final List<String> COMPRESSORS =
      List.of("jdk-1", "jdk-6", "priz-fastest", "priz", "priz-smaller", "priz-smallest");
  private static final int[] SIZES = {64, 256, 1024, 16_384, 1_048_576};

  private DeflateSizes() {}

  /** Prints a row for each kind and size: parts of the original, and of what jdk-1 makes of it. */
  public static void main(String[] args) {
    System.out.println("kind      bytes    jdk-1 jdk-6 | of jdk-1: " + COMPRESSORS.subList(2, 6));
    for (PayloadKind kind : PayloadKind.values()) {
      for (int bytes : SIZES) System.out.println(row(kind, bytes));
    }
  }

  private static String row(PayloadKind kind, int bytes) {
    List<byte[]> messages = DeflateBenchmark.messages(kind, bytes);
    long whole = (long) bytes * messages.size();
    StringBuilder row = new StringBuilder("%-8s %8d ".formatted(kind, bytes));
    long reference = 0;
    for (String name : COMPRESSORS) {
      Compressor compressor = Compressor.named(name);
      long total = 0;
      for (byte[] message : messages) total += compressor.compress(message);
      if (reference == 0) reference = total;
      boolean ours = name.startsWith("priz");
      row.append(" %.3f".formatted((double) total / (ours ? reference : whole)));
    }
    return row.toString();
  }
}
