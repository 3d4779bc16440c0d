package dev.priz.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.priz.protocol.Binary;
import dev.priz.protocol.Text;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A terminal: a line to edit at the bottom, with the earlier ones at hand, and above it what comes
 * from the server.
 */
final class Prompt implements LineSource, Display, AutoCloseable {
  private final Terminal terminal;
  private final LineReader reader;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile boolean interrupted;

  /** A prompt on a terminal, which it closes at the end. */
  Prompt(Terminal terminal) {
    this.terminal = terminal;
    reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            // An exclamation mark is a character to send, and each pasted line is a line.
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.BRACKETED_PASTE, false)
            .build();
    // There is nothing to complete.
    requireNonNull(reader.getKeyMaps().get(LineReader.MAIN))
        .bind(new Reference(LineReader.SELF_INSERT), "\t");
  }

  /** A prompt on the terminal of this process. */
  static Prompt ofProcess() throws IOException {
    return new Prompt(
        TerminalBuilder.builder().system(true).nativeSignals(true).encoding(UTF_8).build());
  }

  /** Whether the user ended the input with Ctrl-C. */
  boolean isInterrupted() {
    return interrupted;
  }

  @Override
  public byte @Nullable [] next() {
    reading.lock();
    try {
      return reader.readLine("> ").getBytes(UTF_8);
    } catch (UserInterruptException ctrlC) {
      interrupted = true;
      return null;
    } catch (EndOfFileException ctrlD) {
      return null;
    } catch (IllegalStateException terminalClosed) {
      // JLine does so at a signal, to restore the terminal.
      return null;
    } finally {
      reading.unlock();
    }
  }

  @Override
  public void text(Text message) {
    show("< " + message.text());
  }

  @Override
  public void binary(Binary message) {
    show("< " + Display.summary(message));
  }

  @Override
  public void note(String line) {
    show("* " + line);
  }

  /**
   * Gives the terminal back, once the thread that reads a line has been interrupted or has read it.
   */
  @Override
  public void close() {
    reading.lock();
    try {
      terminal.close();
    } catch (IOException noMatter) {
      // There is nobody left to tell.
    } finally {
      reading.unlock();
    }
  }

  private void show(String lines) {
    reader.printAbove(Printable.lines(lines));
  }
}
