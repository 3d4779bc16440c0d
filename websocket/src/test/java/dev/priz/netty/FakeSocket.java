package dev.priz.netty;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DuplexChannel;

/** A channel in memory of which either half can be ended. */
final class FakeSocket extends EmbeddedChannel implements DuplexChannel {
  private boolean outputShutdown;
  private boolean inLoop;

  // Unlike an event loop, the channel would run tasks in the midst of others, and of reading.
  @Override
  public void runPendingTasks() {
    if (inLoop) return;
    inLoop = true;
    try {
      super.runPendingTasks();
    } finally {
      inLoop = false;
    }
  }

  @Override
  public boolean writeInbound(Object... messages) {
    boolean readable;
    inLoop = true;
    try {
      readable = super.writeInbound(messages);
    } finally {
      inLoop = false;
    }
    runPendingTasks();
    return readable;
  }

  @Override
  public boolean isInputShutdown() {
    return false;
  }

  @Override
  public ChannelFuture shutdownInput() {
    return shutdownInput(newPromise());
  }

  @Override
  public ChannelFuture shutdownInput(ChannelPromise promise) {
    throw new UnsupportedOperationException("nobody ends the input");
  }

  @Override
  public boolean isOutputShutdown() {
    return outputShutdown;
  }

  @Override
  public ChannelFuture shutdownOutput() {
    return shutdownOutput(newPromise());
  }

  @Override
  public ChannelFuture shutdownOutput(ChannelPromise promise) {
    outputShutdown = true;
    return promise.setSuccess();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public ChannelFuture shutdown() {
    return shutdown(newPromise());
  }

  @Override
  public ChannelFuture shutdown(ChannelPromise promise) {
    throw new UnsupportedOperationException("nobody ends both halves");
  }
}
