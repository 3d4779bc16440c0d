package dev.priz.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.protocol.Connection;
import dev.priz.protocol.Limits;
import dev.priz.protocol.Opcode;
import dev.priz.protocol.Scratch;
import dev.priz.protocol.Side;
import dev.priz.protocol.Timeouts;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutputTest {
  private static final int HIGH_MARK_BYTES = 64 * 1024;

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final Connection connection =
      new Connection(Side.SERVER, Limits.DEFAULT, Timeouts.DEFAULT, () -> 0, new Scratch(), 0);
  private final Output output = new Output(channel, connection);

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

    output.frame(Opcode.BINARY, true, ByteBuffer.allocate(HIGH_MARK_BYTES));
    output.flush();

    assertThat(writtenBytes()).isEqualTo(10 + HIGH_MARK_BYTES);
  }

  @Test
  void writesLongFrameAtOnceSoThatTheChannelIsKnownToBeFull() {
    output.frame(Opcode.BINARY, true, ByteBuffer.allocate(HIGH_MARK_BYTES));

    assertThat(channel.isWritable()).isFalse();
  }

  @Test
  void hasLongFrameLeftToFlush() {
    output.frame(Opcode.BINARY, true, ByteBuffer.allocate(HIGH_MARK_BYTES));

    assertThat(output.isEmpty()).isFalse();
  }

  @Test
  void collectsShortFramesIntoOneWrite() {
    output.frame(Opcode.BINARY, true, ByteBuffer.allocate(10));
    output.frame(Opcode.BINARY, true, ByteBuffer.allocate(20));
    output.flush();

    assertThat(channel.outboundMessages()).hasSize(1);
    assertThat(writtenBytes()).isEqualTo(12 + 22);
  }

  private int writtenBytes() {
    int bytes = 0;
    for (ByteBuf written = channel.readOutbound();
        written != null;
        written = channel.readOutbound()) {
      bytes += written.readableBytes();
      written.release();
    }
    return bytes;
  }

  /** Does what a link that has just been closed does. */
  private final class FlushesWhenFull extends ChannelInboundHandlerAdapter {
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      if (!channel.isWritable()) output.flush();
    }
  }
}
