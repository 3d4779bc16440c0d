package dev.priz.netty;

import dev.priz.protocol.Response;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;

/** Takes the header of the PROXY protocol, with which a trusted proxy begins, and goes. */
final class ProxyGreeting extends SimpleChannelInboundHandler<HAProxyMessage> {
  private final Entrance entrance;
  private final HttpGate gate;

  ProxyGreeting(Entrance entrance, HttpGate gate) {
    this.entrance = entrance;
    this.gate = gate;
  }

  /** Reads the header, and goes. */
  static final class Decoder extends HAProxyMessageDecoder {
    Decoder() {
      super(true);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
      // Netty's decoder looks for the end of a header of version 2 at an index that only fits
      // buffers that are read from their start, and those of the ring are not.
      super.channelRead(context, message instanceof ByteBuf bytes ? bytes.slice() : message);
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HAProxyMessage greeting) {
    Response refusal = entrance.arrive(context.channel(), greeting);
    if (refusal != null) gate.turnAway(refusal);
    context.pipeline().remove(this);
  }
}
