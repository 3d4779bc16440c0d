package dev.priz.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/**
 * Everything that is written to the standard error stream, which is where tests log to, until it is
 * closed.
 */
final class LogCapture implements AutoCloseable {
  private final PrintStream before = System.err;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  private LogCapture() {
    System.setErr(new PrintStream(written, true, UTF_8));
  }

  static LogCapture start() {
    return new LogCapture();
  }

  /** What was written, but for what a busy machine makes of our callbacks. */
  String text() {
    return written.toString(UTF_8).replaceAll("\\[.*SlowCallback - .*\\R", "");
  }

  @Override
  public void close() {
    System.setErr(before);
  }
}
