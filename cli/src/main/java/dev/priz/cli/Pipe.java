package dev.priz.cli;

import dev.priz.protocol.Binary;
import dev.priz.protocol.Text;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Standard input and output as a filter uses them: lines in, messages out. */
final class Pipe implements LineSource, Display {
  private final Streams streams;
  private final boolean raw;
  private final InputStream in;

  /**
   * A pipe.
   *
   * @param raw whether binary messages are written as they are
   */
  Pipe(Streams streams, boolean raw) {
    this.streams = streams;
    this.raw = raw;
    in = new BufferedInputStream(streams.in());
  }

  @Override
  public byte @Nullable [] next() throws IOException {
    int first = in.read();
    if (first < 0) return null;
    var line = new ByteArrayOutputStream();
    for (int next = first; next >= 0 && next != '\n'; next = in.read()) line.write(next);
    return withoutReturn(line.toByteArray());
  }

  @Override
  public void text(Text message) {
    String text = streams.outIsTerminal() ? Printable.lines(message.text()) : message.text();
    streams.println(text);
  }

  @Override
  public void binary(Binary message) {
    if (raw) {
      streams.write(message.data());
    } else {
      streams.println(Display.summary(message));
    }
  }

  @Override
  public void note(String line) {
    streams.err().println("* " + Printable.line(line));
  }

  private static byte[] withoutReturn(byte[] line) {
    boolean returns = line.length > 0 && line[line.length - 1] == '\r';
    return returns ? Arrays.copyOf(line, line.length - 1) : line;
  }
}
