package dev.priz.cli;

import java.util.HexFormat;

/** Text from outside made fit for a terminal, which control characters could steer. */
final class Printable {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");
  private static final int MAX_SHOWN_BYTES = 32;

  private Printable() {}

  /** The text on one line, without control characters. */
  static String line(String text) {
    return lines(text.strip().replaceAll("\\s*\\R\\s*", " ")).replace('\t', ' ');
  }

  /** The text with its line breaks and tabs, but other control characters replaced. */
  static String lines(String text) {
    return text.replaceAll("[\\p{Cc}&&[^\n\t]]", "\uFFFD");
  }

  /** Bytes in hex, the first 32 of them. */
  static String hex(byte[] bytes) {
    if (bytes.length <= MAX_SHOWN_BYTES) return HEX.formatHex(bytes);
    return HEX.formatHex(bytes, 0, MAX_SHOWN_BYTES) + " ...";
  }
}
