package dev.priz.fault;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.util.concurrent.TimeUnit;

/** One direction of a connection: what is read from one channel goes to another, or nearly so. */
final class Pipe extends ChannelInboundHandlerAdapter {
  private final Channel to;
  private final Flow flow;
  private final IdleWatch idle;
  private long passed;
  // When what was sent last has arrived; everything later comes after it.
  private long arrivedNanos = System.nanoTime();
  private boolean stopped;

  Pipe(Channel to, Flow flow, IdleWatch idle) {
    this.to = to;
    this.flow = flow;
    this.idle = idle;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    idle.passes(context.channel(), to);
    while (bytes.isReadable() && !stopped) {
      int count = (int) Math.min(bytes.readableBytes(), untilNextFault());
      if (flow.segmentBytes() > 0) count = Math.min(count, flow.segmentBytes());
      pass(context.channel(), bytes.readSlice(count));
    }
    bytes.release();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    // This channel is where the other direction goes to.
    Pipe other = to.pipeline().get(Pipe.class);
    boolean writable = context.channel().isWritable();
    if (other != null && !other.stopped) to.config().setAutoRead(writable);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event != ChannelInputShutdownEvent.INSTANCE) return;
    later(() -> {
      if (to.isActive()) ((DuplexChannel) to).shutdownOutput();
    });
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    later(to::close);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable reset) {
    end(context.channel(), true);
  }

  /** Begins to read, now that both ways are open. */
  void start(Channel from) {
    idle.passes(from, to);
    if (atFault(from)) return;
    from.config().setAutoRead(true);
  }

  private long untilNextFault() {
    long until = Long.MAX_VALUE;
    for (long position : new long[] {flow.cutAt(), flow.freezeAt()}) {
      if (position >= passed) until = Math.min(until, position - passed);
    }
    return until;
  }

  private void pass(Channel from, ByteBuf part) {
    byte[] copy = new byte[part.readableBytes()];
    part.readBytes(copy);
    long wrong = flow.corruptAt() - passed;
    if (wrong >= 0 && wrong < copy.length) copy[(int) wrong] ^= (byte) 0xff;
    passed += copy.length;
    long sendNanos =
        flow.bytesPerSecond() == 0 ? 0 : 1_000_000_000L * copy.length / flow.bytesPerSecond();
    arrivedNanos = Math.max(arrivedNanos, System.nanoTime() + flow.delay().toNanos()) + sendNanos;
    later(() -> to.writeAndFlush(Unpooled.wrappedBuffer(copy)));
    atFault(from);
  }

  private boolean atFault(Channel from) {
    if (passed == flow.freezeAt()) {
      stopped = true;
      from.config().setAutoRead(false);
    } else if (passed == flow.cutAt()) {
      stopped = true;
      later(() -> end(from, flow.reset()));
    }
    return stopped;
  }

  // After all that was sent before; at once where nothing is slow.
  private void later(Runnable action) {
    long nanos = arrivedNanos - System.nanoTime();
    if (nanos <= 0) {
      action.run();
    } else {
      to.eventLoop().schedule(action, nanos, TimeUnit.NANOSECONDS);
    }
  }

  private void end(Channel from, boolean reset) {
    for (Channel channel : new Channel[] {to, from}) {
      if (reset && channel.isOpen()) channel.config().setOption(ChannelOption.SO_LINGER, 0);
      channel.close();
    }
  }
}
