package dev.priz.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;

/**
 * What became of a command that has been run in this JVM.
 *
 * @param status its exit status
 * @param out all of its standard output
 * @param err all of its standard error
 */
record Outcome(int status, String out, String err) {

  /** Runs a command without input. */
  static Outcome of(String... arguments) {
    return withInput("", arguments);
  }

  /** Runs a command with this text as its input. */
  static Outcome withInput(String input, String... arguments) {
    return withInput(new ByteArrayInputStream(input.getBytes(UTF_8)), arguments);
  }

  /** Runs a command with this input. */
  static Outcome withInput(InputStream input, String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var streams = new Streams(input, out, new PrintStream(err, true, UTF_8), false, false);
    int status = Main.commandLine(streams).execute(arguments);
    return new Outcome(status, out.toString(UTF_8), err.toString(UTF_8));
  }
}
