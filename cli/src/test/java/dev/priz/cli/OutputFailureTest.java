package dev.priz.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class OutputFailureTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void endsTheCommandInOneLine() {
    int status = runEchoInto("No space left on device");

    assertThat(status).isEqualTo(1);
    assertThat(err)
        .hasToString("priz echo: cannot write to standard output: No space left on device\n");
  }

  @Test
  void saysNothingOfReaderThatHasGone() {
    int status = runEchoInto("Broken pipe");

    assertThat(status).isEqualTo(141);
    assertThat(err).hasToString("");
  }

  private int runEchoInto(String fault) {
    var out =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException(fault);
          }
        };
    var streams =
        new Streams(
            InputStream.nullInputStream(), out, new PrintStream(err, true, UTF_8), false, false);
    return Main.commandLine(streams).execute("echo");
  }
}
