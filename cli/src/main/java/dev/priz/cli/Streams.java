package dev.priz.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * What a command reads and writes. All text is UTF-8, whatever the locale, because that is what
 * WebSockets carry.
 *
 * @param out standard output; fails where a {@link PrintStream} would be silent
 * @param err standard error
 * @param inIsTerminal whether {@code in} is a terminal
 * @param outIsTerminal whether {@code out} is one
 * @param errIsTerminal whether {@code err} is one
 */
record Streams(
    InputStream in,
    OutputStream out,
    PrintStream err,
    boolean inIsTerminal,
    boolean outIsTerminal,
    boolean errIsTerminal) {
  // Set by the launcher, because only JDK 22 and later can tell: the descriptors that are
  // terminals, such as "01".
  private static final String TERMINALS = "priz.terminals";

  /** Streams whose standard error is no terminal. */
  Streams(
      InputStream in,
      OutputStream out,
      PrintStream err,
      boolean inIsTerminal,
      boolean outIsTerminal) {
    this(in, out, err, inIsTerminal, outIsTerminal, false);
  }

  /** The standard streams of this process. */
  static Streams ofProcess() {
    String terminals = System.getProperty(TERMINALS, "");
    return new Streams(
        new FileInputStream(FileDescriptor.in),
        new FileOutputStream(FileDescriptor.out),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8),
        terminals.contains("0"),
        terminals.contains("1"),
        terminals.contains("2"));
  }

  /** Whether a user sits at both ends. */
  boolean areTerminal() {
    return inIsTerminal && outIsTerminal;
  }

  /**
   * Writes a line to standard output, at once.
   *
   * @throws OutputFailure if that is not possible
   */
  void println(String line) {
    write((line + "\n").getBytes(UTF_8));
  }

  /**
   * Writes bytes to standard output, at once.
   *
   * @throws OutputFailure if that is not possible
   */
  void write(byte[] bytes) {
    try {
      out.write(bytes);
      out.flush();
    } catch (IOException failure) {
      throw new OutputFailure(failure);
    }
  }
}
