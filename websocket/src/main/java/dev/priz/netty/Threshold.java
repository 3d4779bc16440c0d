package dev.priz.netty;

import dev.priz.protocol.Response;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

/**
 * In the pipeline of a listening socket: lets each new connection in, or closes it before an event
 * loop takes it and handlers are made for it, which costs several times as much.
 */
@Sharable
final class Threshold extends ChannelInboundHandlerAdapter {
  private static final AttributeKey<Response> REFUSAL =
      AttributeKey.valueOf(Threshold.class, "refusal");

  private final Entrance entrance;
  private final Reception reception;
  private final ChannelGroup visitors;

  /**
   * A threshold.
   *
   * @param visitors to which those are added who are let in or told why not
   */
  Threshold(Entrance entrance, Reception reception, ChannelGroup visitors) {
    this.entrance = entrance;
    this.reception = reception;
    this.visitors = visitors;
  }

  /** What a visitor's first request is to be answered with, whatever it is, or null. */
  static @Nullable Response refusal(Channel visitor) {
    return visitor.hasAttr(REFUSAL) ? visitor.attr(REFUSAL).get() : null;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    var visitor = (Channel) message;
    boolean enters = false;
    try {
      enters = enters(visitor);
    } finally {
      // After an error, too: no event loop has it yet that would end it.
      if (!enters) reset(visitor);
    }
    if (enters) context.fireChannelRead(visitor);
  }

  private boolean enters(Channel visitor) {
    Entrance.Arrival arrival = entrance.arrive(visitor);
    Response refusal = arrival.refusal();
    if (refusal != null) {
      if (!arrival.told()) {
        reception.refused(null, Peer.address(visitor), refusal);
        return false;
      }
      visitor.attr(REFUSAL).set(refusal);
    }
    visitors.add(visitor);
    return true;
  }

  // So that the kernel keeps nothing of it either.
  private static void reset(Channel visitor) {
    try {
      visitor.config().setOption(ChannelOption.SO_LINGER, 0);
    } catch (ChannelException gone) {
      // Some systems take no options of a connection that the peer has ended.
    }
    visitor.unsafe().closeForcibly();
  }
}
