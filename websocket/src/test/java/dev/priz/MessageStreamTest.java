package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.protocol.Binary;
import dev.priz.protocol.Limits;
import dev.priz.protocol.Text;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages that are written to streams. */
final class MessageStreamTest {
  private static final int BUFFER_BYTES = 16 * 1024;
  private static final int BUFFER_CHARS = 8 * 1024;
  private Ends ends;

  @BeforeEach
  void open() {
    ends = Ends.open(Limits.DEFAULT.maxMessageBytes(10_000_000).maxFragments(100_000));
  }

  @AfterEach
  void close() {
    ends.close();
  }

  @Test
  void sendsAllBytesThatAreWrittenInAnyPieces() throws IOException {
    byte[] all = new byte[300_000];
    new Random(1).nextBytes(all);
    try (OutputStream out = ends.client().binaryStream()) {
      out.write(all[0]);
      out.write(all, 1, BUFFER_BYTES - 1);
      out.write(all, BUFFER_BYTES, BUFFER_BYTES + 1);
      out.write(all, 2 * BUFFER_BYTES + 1, all.length - 2 * BUFFER_BYTES - 1);
    }

    assertThat(ends.server().receive()).isEqualTo(new Binary(all));
  }

  @Test
  void sendsAMessageOfJustTheBuffer() throws IOException {
    try (OutputStream out = ends.client().binaryStream()) {
      out.write(new byte[BUFFER_BYTES]);
    }

    assertThat(ends.server().receive()).isEqualTo(new Binary(new byte[BUFFER_BYTES]));
  }

  @Test
  void sendsAnEmptyMessageWhereNothingIsWritten() throws IOException {
    ends.client().binaryStream().close();
    ends.client().textWriter().close();

    assertThat(ends.server().receive()).isEqualTo(new Binary(new byte[0]));
    assertThat(ends.server().receive()).isEqualTo(new Text(""));
  }

  @Test
  void letsTheArrayBeReusedAtOnce() throws IOException {
    byte[] data = {1};
    try (OutputStream out = ends.client().binaryStream()) {
      out.write(data);
      data[0] = 2;
      out.write(data);
    }

    assertThat(ends.server().receive()).isEqualTo(new Binary(new byte[] {1, 2}));
  }

  @Test
  void sendsWhatIsFlushedAtOnce() throws IOException {
    try (OutputStream out = ends.client().binaryStream()) {
      out.write(42);
      out.flush();

      assertThat(ends.server().receiveStream().bytes().read()).isEqualTo(42);
    }
  }

  @Test
  void refusesToWriteAfterTheEnd() throws IOException {
    OutputStream out = ends.client().binaryStream();
    out.close();
    out.close();
    Writer writer = ends.client().textWriter();
    writer.close();
    writer.close();

    assertThatThrownBy(() -> out.write(1)).isInstanceOf(IOException.class);
    assertThatThrownBy(out::flush).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> writer.write("x")).isInstanceOf(IOException.class);
    assertThatThrownBy(writer::flush).isInstanceOf(IOException.class);
  }

  @Test
  void sendsTextOfSurrogatePairsAcrossBuffersInEveryPosition() throws IOException {
    for (int offset = BUFFER_CHARS - 3; offset <= BUFFER_CHARS + 1; offset++) {
      String text = "x".repeat(offset) + "🔌".repeat(BUFFER_CHARS) + "end";
      try (Writer writer = ends.client().textWriter()) {
        for (int i = 0; i < text.length(); i++) writer.write(text.charAt(i));
      }

      assertThat(ends.server().receive()).isEqualTo(new Text(text));
    }
  }

  @Test
  void keepsHalfACharacterBackWhenFlushed() throws IOException {
    try (Writer writer = ends.client().textWriter()) {
      writer.write("a\ud83d");
      writer.flush();
      writer.write("\udd0cb");
    }

    assertThat(ends.server().receive()).isEqualTo(new Text("a🔌b"));
  }

  @Test
  void failsAtTextThatUtf8CannotCarryAndLetsOthersSend() throws IOException {
    Writer writer = ends.client().textWriter();
    writer.write("fine \ud83d");

    assertThatThrownBy(writer::close).isInstanceOf(IOException.class);

    ends.client().send("next");
    ends.server().receive();
    assertThat(ends.server().receive()).isEqualTo(new Text("next"));
  }

  @Test
  void failsWithTheCauseOnceTheConnectionIsClosed() throws IOException {
    Threads.run(() -> ends.server().run());
    OutputStream out = ends.client().binaryStream();
    out.write(1);

    ends.client().close();

    assertThatThrownBy(out::flush)
        .isInstanceOf(IOException.class)
        .hasCauseInstanceOf(ConnectionClosedException.class);
    assertThatThrownBy(out::close).isInstanceOf(IOException.class);
  }
}
