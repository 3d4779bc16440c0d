package dev.priz.netty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.protocol.Connection;
import dev.priz.protocol.Limits;
import dev.priz.protocol.Opcode;
import dev.priz.protocol.Scratch;
import dev.priz.protocol.Side;
import dev.priz.protocol.Timeouts;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputTest {
  private static final int HIGH_MARK_BYTES = 64 * 1024;

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final Connection connection =
      new Connection(Side.SERVER, Limits.DEFAULT, Timeouts.DEFAULT, () -> 0, new Scratch(), 0);
  private final Output output = new Output(channel, connection, new LoopBuffers());

  OutputTest() {
    channel
        .config()
        .setWriteBufferWaterMark(new WriteBufferWaterMark(HIGH_MARK_BYTES / 2, HIGH_MARK_BYTES));
  }

  @AfterEach
  void closeChannel() {
    output.flush();
    channel.finishAndReleaseAll();
  }

  @Test
  void writesOnceThoughTheWriteCallsBack() {
    channel.pipeline().addLast(new FlushesWhenFull());

    output.frame(Opcode.BINARY, true, true, new byte[HIGH_MARK_BYTES]);
    output.flush();

    assertThat(writtenBytes()).isEqualTo(10 + HIGH_MARK_BYTES);
  }

  @Test
  void writesLongFrameAtOnceSoThatTheChannelIsKnownToBeFull() {
    output.frame(Opcode.BINARY, true, true, new byte[HIGH_MARK_BYTES]);

    assertThat(channel.isWritable()).isFalse();
  }

  @Test
  void hasLongFrameLeftToFlush() {
    output.frame(Opcode.BINARY, true, true, new byte[HIGH_MARK_BYTES]);

    assertThat(output.isEmpty()).isFalse();
  }

  @Test
  void collectsShortFramesIntoOneWrite() {
    output.frame(Opcode.BINARY, true, true, new byte[10]);
    output.frame(Opcode.BINARY, true, true, new byte[20]);
    output.flush();

    assertThat(channel.outboundMessages()).hasSize(1);
    assertThat(writtenBytes()).isEqualTo(12 + 22);
  }

  @Test
  void collectsMoreThanItsFirstBufferHolds() {
    byte[] first = random(3_000);
    byte[] second = random(5_000);
    output.frame(Opcode.BINARY, true, true, first);
    output.frame(Opcode.BINARY, true, true, second);
    output.flush();

    assertThat(channel.outboundMessages()).hasSize(1);
    assertThat(written())
        .isEqualTo(
            join(
                HexFormat.of().parseHex("827e0bb8"),
                first,
                HexFormat.of().parseHex("827e1388"),
                second));
  }

  @ParameterizedTest
  @ValueSource(ints = {HIGH_MARK_BYTES + 1, 2 * HIGH_MARK_BYTES, 200_000})
  void writesBigFramesInPieces(int bytes) {
    byte[] payload = random(bytes);
    output.frame(Opcode.BINARY, true, true, payload);
    output.flush();

    byte[] header = ByteBuffer.allocate(10).putShort((short) 0x827f).putLong(bytes).array();
    assertThat(channel.outboundMessages()).hasSizeGreaterThan(1);
    assertThat(written()).isEqualTo(join(header, payload));
  }

  @Test
  void writesBigTextInPieces() {
    String text = "ş".repeat(50_000);
    output.text(text, 100_000);
    output.flush();

    byte[] header = ByteBuffer.allocate(10).putShort((short) 0x817f).putLong(100_000).array();
    assertThat(written()).isEqualTo(join(header, text.getBytes(UTF_8)));
  }

  private static byte[] join(byte[]... parts) {
    return ByteBufUtil.getBytes(Unpooled.wrappedBuffer(parts));
  }

  private static byte[] random(int bytes) {
    byte[] payload = new byte[bytes];
    new Random(bytes).nextBytes(payload);
    return payload;
  }

  private byte[] written() {
    ByteBuf all = Unpooled.buffer();
    for (ByteBuf written = channel.readOutbound();
        written != null;
        written = channel.readOutbound()) {
      all.writeBytes(written);
      written.release();
    }
    return ByteBufUtil.getBytes(all);
  }

  private int writtenBytes() {
    return written().length;
  }

  /** Does what a link that has just been closed does. */
  private final class FlushesWhenFull extends ChannelInboundHandlerAdapter {
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      if (!channel.isWritable()) output.flush();
    }
  }
}
