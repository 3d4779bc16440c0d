package dev.priz.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.protocol.Binary;
import dev.priz.protocol.Text;
import java.io.ByteArrayOutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import org.jline.terminal.Attributes;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PromptTest {
  private final PipedOutputStream keyboard = new PipedOutputStream();
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private Prompt prompt;

  @BeforeEach
  void openPrompt() throws Exception {
    var terminal = new DumbTerminal("test", "ansi", new PipedInputStream(keyboard), screen, UTF_8);
    Attributes attributes = terminal.getAttributes();
    attributes.setControlChar(Attributes.ControlChar.VEOF, 4);
    terminal.setAttributes(attributes);
    prompt = new Prompt(terminal);
  }

  @AfterEach
  void closePrompt() {
    prompt.close();
  }

  @Test
  void readsLines() throws Exception {
    type("çığ!!\n\n");

    assertThat(prompt.next()).asString(UTF_8).isEqualTo("çığ!!");
    assertThat(prompt.next()).isEmpty();
  }

  @Test
  void keepsTabs() throws Exception {
    type("a\tb\n");

    assertThat(prompt.next()).asString(UTF_8).isEqualTo("a\tb");
  }

  @Test
  void recallsEarlierLines() throws Exception {
    type("first\n\u0010\n");

    prompt.next();
    assertThat(prompt.next()).asString(UTF_8).isEqualTo("first");
  }

  @Test
  void endsWithCtrlD() throws Exception {
    type("\u0004");

    assertThat(prompt.next()).isNull();
    assertThat(prompt.isInterrupted()).isFalse();
  }

  @Test
  void endsWhenItsThreadIsInterrupted() {
    Thread.currentThread().interrupt();

    assertThat(prompt.next()).isNull();
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void marksWhatComes() {
    prompt.text(new Text("hi \u001b[31m"));
    prompt.binary(new Binary(new byte[] {7}));
    prompt.note("closed");

    assertThat(screen.toString(UTF_8))
        .contains("< hi \uFFFD[31m", "< binary, 1 bytes: 07", "* closed");
  }

  private void type(String keys) throws Exception {
    keyboard.write(keys.getBytes(UTF_8));
    keyboard.flush();
  }
}
