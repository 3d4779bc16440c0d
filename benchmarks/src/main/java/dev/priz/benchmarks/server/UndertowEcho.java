package dev.priz.benchmarks.server;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.websockets.WebSocketProtocolHandshakeHandler;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedBinaryMessage;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.WebSocketCallback;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import io.undertow.websockets.extensions.PerMessageDeflateHandshake;
import java.nio.ByteBuffer;
import org.xnio.Options;
import org.xnio.Pooled;

/** Undertow on one I/O thread. */
// Its messages come in buffers of a class that XNIO has deprecated without another way to get at
// them.
@SuppressWarnings("deprecation")
public final class UndertowEcho {
  private UndertowEcho() {}

  /**
   * Starts the server.
   *
   * @param args port
   */
  public static void main(String[] args) {
    Undertow.builder()
        .setIoThreads(1)
        .setSocketOption(Options.TCP_NODELAY, true)
        .setSocketOption(Options.BACKLOG, 4096)
        .addHttpListener(Integer.parseInt(args[0]), "127.0.0.1")
        .setHandler(
            Handlers.path()
                .addExactPath("/", echo())
                .addExactPath(
                    "/broadcast",
                    Handlers.websocket((exchange, channel) -> listen(channel, new Broadcast()))))
        .build()
        .start();
  }

  private static WebSocketProtocolHandshakeHandler echo() {
    var handler = Handlers.websocket((exchange, channel) -> listen(channel, new Echo()));
    return Boolean.getBoolean("deflate")
        ? handler.addExtension(new PerMessageDeflateHandshake())
        : handler;
  }

  private static void listen(WebSocketChannel channel, AbstractReceiveListener listener) {
    channel.getReceiveSetter().set(listener);
    channel.resumeReceives();
  }

  private static final class Echo extends AbstractReceiveListener {
    @Override
    protected void onFullTextMessage(WebSocketChannel channel, BufferedTextMessage message) {
      WebSockets.sendText(message.getData(), channel, null);
    }

    @Override
    protected void onFullBinaryMessage(WebSocketChannel channel, BufferedBinaryMessage message) {
      Pooled<ByteBuffer[]> data = message.getData();
      WebSockets.sendBinary(data.getResource(), channel, new Release(data));
    }
  }

  private static final class Broadcast extends AbstractReceiveListener {
    @Override
    protected void onFullTextMessage(WebSocketChannel channel, BufferedTextMessage message) {
      String text = message.getData();
      for (WebSocketChannel peer : channel.getPeerConnections()) {
        WebSockets.sendText(text, peer, null);
      }
    }
  }

  private record Release(Pooled<ByteBuffer[]> data) implements WebSocketCallback<Void> {
    @Override
    public void complete(WebSocketChannel channel, Void context) {
      data.close();
    }

    @Override
    public void onError(WebSocketChannel channel, Void context, Throwable failure) {
      data.close();
    }
  }
}
