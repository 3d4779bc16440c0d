package dev.priz.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a TLS handshake may have kept, at its limits. */
final class HelloGuardTest {
  private final EmbeddedChannel channel = new EmbeddedChannel(new HelloGuard());

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  @DisplayName("TL-12 lets the longest record pass")
  void letsTheLongestRecordPass() {
    receive(header(22, HelloGuard.MAX_RECORD_BYTES));
    receive(Unpooled.wrappedBuffer(new byte[HelloGuard.MAX_RECORD_BYTES]));
    receive(header(23, HelloGuard.MAX_RECORD_BYTES));

    assertThat(channel.isOpen()).isTrue();
    assertThat(channel.inboundMessages()).hasSize(3);
  }

  @Test
  @DisplayName("TL-12 refuses a longer record at its header")
  void refusesALongerRecordAtItsHeader() {
    receive(header(22, HelloGuard.MAX_RECORD_BYTES + 1));

    assertThat(channel.isOpen()).isFalse();
    assertThat(channel.inboundMessages()).isEmpty();
  }

  @Test
  @DisplayName("TL-12 reads a header however it is split")
  void readsAHeaderHoweverItIsSplit() {
    ByteBuf header = header(22, 0xffff);
    while (header.readableBytes() > 1) receive(header.readRetainedSlice(1));
    assertThat(channel.isOpen()).isTrue();

    receive(header);

    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  @DisplayName("TL-12 counts the headers of records of one byte")
  void countsTheHeadersOfRecordsOfOneByte() {
    int records = HelloGuard.MAX_PLAIN_BYTES / 6;
    for (int i = 0; i < records; i++) receive(hex("16 03 01 00 01 00"));
    assertThat(channel.isOpen()).isTrue();

    receive(hex("16 03 01 00 01 00"));

    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  @DisplayName("TL-12 counts no encrypted records, which are not kept together")
  void countsNoEncryptedRecords() {
    for (int i = 0; i < HelloGuard.MAX_PLAIN_BYTES; i++) receive(hex("17 03 03 00 01 00"));

    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  @DisplayName("TL-12 leaves what is not TLS to others")
  void leavesWhatIsNotTlsToOthers() {
    receive(hex("47 45 54 20 ff ff 16 03 01 ff ff"));

    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  @DisplayName("TL-12 lets everything pass after the handshake")
  void letsEverythingPassAfterTheHandshake() {
    HelloGuard.dismiss(channel);
    HelloGuard.dismiss(channel);

    receive(header(22, 0xffff));

    assertThat(channel.isOpen()).isTrue();
  }

  // A channel counts what it is given after it has closed as an error.
  private void receive(ByteBuf bytes) {
    channel.writeInbound(bytes);
  }

  private static ByteBuf header(int type, int length) {
    return Unpooled.buffer(5).writeByte(type).writeShort(0x0303).writeShort(length);
  }

  private static ByteBuf hex(String hex) {
    return Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex.replace(" ", "")));
  }
}
