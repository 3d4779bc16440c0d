package dev.priz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** What is logged while this is open, kept off the console. */
final class CapturedLog implements AutoCloseable {
  private final PrintStream console = System.err;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  CapturedLog() {
    System.setErr(new PrintStream(bytes, true, UTF_8));
  }

  String text() {
    return bytes.toString(UTF_8);
  }

  /** Returns once something has been logged that contains the words. */
  void awaits(String words) {
    Soon.holds(() -> text().contains(words), "the log has \"" + words + "\"");
  }

  @Override
  public void close() {
    System.setErr(console);
  }
}
