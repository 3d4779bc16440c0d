package dev.priz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.protocol.Opcode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages that are read while they arrive. */
final class ReceiveStreamTest {
  private static final int CHUNK_BYTES = 64 * 1024;
  private Ends ends;

  @BeforeEach
  void open() {
    ends = Ends.open();
  }

  @AfterEach
  void close() {
    ends.close();
  }

  @Test
  void receivesAMessageFarOverTheLimitOfWholeOnesInLittleMemory() throws Exception {
    int chunks = 64 * 1024 * 1024 / CHUNK_BYTES;
    var sending = Threads.call(() -> sendChunks(chunks));
    var checksum = new CRC32C();
    long bytes = 0;
    long mostUsed = 0;
    long usedBefore = usedMemory();

    try (IncomingMessage message = ends.server().receiveStream();
        InputStream in = message.bytes()) {
      byte[] buffer = new byte[CHUNK_BYTES];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        checksum.update(buffer, 0, read);
        if ((bytes >> 24) != ((bytes + read) >> 24)) mostUsed = Math.max(mostUsed, usedMemory());
        bytes += read;
      }
    }

    assertThat(bytes).isEqualTo(64 * 1024 * 1024);
    assertThat(checksum.getValue()).isEqualTo(Soon.value(sending));
    assertThat(mostUsed - usedBefore).isLessThan(20_000_000);
  }

  @Test
  void givesTextAsCharactersAcrossFragments() throws IOException {
    try (OutgoingMessage message = ends.client().sendFragments(Opcode.TEXT)) {
      message.send("dünya ");
      message.send("🔌");
    }

    IncomingMessage received = ends.server().receiveStream();

    assertThat(received.opcode()).isEqualTo(Opcode.TEXT);
    char[] characters = new char[20];
    int read = 0;
    for (int n = 0; n >= 0; n = received.characters().read(characters, read, 20 - read)) read += n;
    assertThat(new String(characters, 0, read)).isEqualTo("dünya 🔌");
  }

  @Test
  void givesTextAsBytes() throws IOException {
    ends.client().send("ä");

    assertThat(ends.server().receiveStream().bytes().readAllBytes()).isEqualTo("ä".getBytes(UTF_8));
  }

  @Test
  void givesMessagesOfBothKindsOneAfterAnother() throws IOException {
    ends.client().send("text");
    ends.client().send(new byte[] {1});
    ends.client().send("");

    IncomingMessage text = ends.server().receiveStream();
    assertThat(text.bytes().readAllBytes()).hasSize(4);
    IncomingMessage binary = ends.server().receiveStream();
    assertThat(binary.opcode()).isEqualTo(Opcode.BINARY);
    assertThat(binary.bytes().readAllBytes()).containsExactly(1);
    IncomingMessage empty = ends.server().receiveStream();
    assertThat(empty.opcode()).isEqualTo(Opcode.TEXT);
    assertThat(empty.bytes().read()).isEqualTo(-1);
  }

  @Test
  void skipsWhatIsLeftOfTheMessageBefore() throws Exception {
    var sending =
        Threads.run(() -> {
          sendChunks(20);
          ends.client().send("next");
        });

    IncomingMessage big = ends.server().receiveStream();
    assertThat(big.bytes().read()).isEqualTo(0);
    IncomingMessage next = ends.server().receiveStream();

    assertThat(new String(next.bytes().readAllBytes(), UTF_8)).isEqualTo("next");
    assertThat(big.bytes().read()).isEqualTo(-1);
    Soon.value(sending);
  }

  @Test
  void skipsAMessageOfWhichNothingWasRead() throws IOException {
    ends.client().send("skipped");
    ends.client().send("read");

    ends.server().receiveStream().close();

    assertThat(ends.server().receiveStream().bytes().readAllBytes())
        .isEqualTo("read".getBytes(UTF_8));
  }

  @Test
  void givesNullAfterTheEnd() {
    ends.client().closeAsync(1000, "");

    assertThat(ends.server().receiveStream()).isNull();
    assertThat(ends.server().receiveStream()).isNull();
  }

  @Test
  void failsInsideAMessageWhoseConnectionIsLost() throws IOException {
    try (OutgoingMessage message = ends.client().sendFragments(Opcode.BINARY)) {
      message.send(new byte[] {7});
      IncomingMessage received = ends.server().receiveStream();
      assertThat(received.bytes().read()).isEqualTo(7);

      ends.client().abort();

      assertThatThrownBy(() -> received.bytes().read()).isInstanceOf(IOException.class);
      received.close();
      assertThat(ends.server().receiveStream()).isNull();
    } catch (ConnectionClosedException expectedFromClose) {
      return;
    }
  }

  @Test
  void answersPingsBetweenPartsAndHidesThem() throws Exception {
    ends.server().showControlFrames();
    OutgoingMessage message = ends.client().sendFragments(Opcode.TEXT);
    message.send("a");
    ends.client().sendPing(new byte[] {1});
    message.send("b");
    message.close();
    ends.client().sendPing(new byte[] {2});
    ends.client().send("c");

    assertThat(ends.server().receiveStream().bytes().readAllBytes()).containsExactly('a', 'b');
    assertThat(ends.server().receiveStream().bytes().readAllBytes()).containsExactly('c');
  }

  @Test
  void failsTheConnectionAtTheFirstByteThatIsNotUtf8() throws Exception {
    try (var server = WebSocketServer.listen("127.0.0.1:0");
        var peer = RawPeer.open(server);
        var ws = server.accept()) {
      peer.sendHex("01 81 00000000 61");
      IncomingMessage message = ws.receiveStream();
      assertThat(message.bytes().read()).isEqualTo('a');

      peer.sendHex("00 81 00000000 ff");

      assertThatThrownBy(() -> message.bytes().read()).isInstanceOf(IOException.class);
      assertThat(peer.receive().closeCode()).isEqualTo(1007);
    }
  }

  // Sends one message; returns its checksum.
  private long sendChunks(int count) throws IOException {
    var checksum = new CRC32C();
    try (OutputStream out = ends.client().binaryStream()) {
      byte[] chunk = new byte[CHUNK_BYTES];
      for (int i = 0; i < count; i++) {
        Arrays.fill(chunk, (byte) i);
        checksum.update(chunk);
        out.write(chunk);
      }
    }
    return checksum.getValue();
  }

  private static long usedMemory() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
