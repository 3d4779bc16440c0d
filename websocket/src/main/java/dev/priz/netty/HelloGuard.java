package dev.priz.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds what a client may have kept by a TLS handshake. A record is kept until it is complete, a
 * ClientHello too, and either may claim to be much longer than any that is proper; and in records
 * of one byte each, a ClientHello takes six times its length.
 */
final class HelloGuard extends ChannelInboundHandlerAdapter {
  /** RFC 5246 §6.2.3: "The length MUST NOT exceed 2^14 + 2048"; less in TLS 1.3. */
  static final int MAX_RECORD_BYTES = (1 << 14) + 2_048;

  /** What all plain records of a handshake may have together, headers included. */
  static final int MAX_PLAIN_BYTES = 32 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(HelloGuard.class);
  private static final int HEADER_BYTES = 5;
  private static final int FIRST_TYPE = 20;
  private static final int APPLICATION_DATA = 23;

  private int headerBytes;
  private int type;
  private int length;
  // Bytes of the record that have not come yet.
  private int missing;
  private int plainBytes;
  private boolean done;

  /** Lets everything pass from now on. */
  static void dismiss(Channel channel) {
    HelloGuard guard = channel.pipeline().get(HelloGuard.class);
    if (guard == null) return;
    guard.done = true;
    channel.pipeline().remove(guard);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    String flaw = done || !(message instanceof ByteBuf bytes) ? null : flawIn(bytes);
    if (flaw == null) {
      context.fireChannelRead(message);
      return;
    }
    ReferenceCountUtil.release(message);
    done = true;
    LOG.debug("{} in the TLS handshake: {}", context.channel().remoteAddress(), flaw);
    TcpEnd.cut(context.channel());
  }

  private @Nullable String flawIn(ByteBuf bytes) {
    int position = bytes.readerIndex();
    while (position < bytes.writerIndex() && !done) {
      if (missing > 0) {
        int count = Math.min(missing, bytes.writerIndex() - position);
        missing -= count;
        position += count;
      } else {
        String flaw = receiveHeader(bytes.getUnsignedByte(position++));
        if (flaw != null) return flaw;
      }
    }
    return null;
  }

  private @Nullable String receiveHeader(int next) {
    headerBytes++;
    if (headerBytes == 1) {
      type = next;
      // No TLS: others know best what to say.
      done = type < FIRST_TYPE || type > APPLICATION_DATA;
    }
    // Of the last two bytes, as all others are shifted out.
    length = ((length << 8) | next) & 0xffff;
    if (headerBytes < HEADER_BYTES) return null;
    headerBytes = 0;
    missing = length;
    if (length > MAX_RECORD_BYTES) return "a record of " + length + " bytes";
    if (type != APPLICATION_DATA) plainBytes += HEADER_BYTES + length;
    return plainBytes > MAX_PLAIN_BYTES ? "over " + MAX_PLAIN_BYTES + " bytes" : null;
  }
}
