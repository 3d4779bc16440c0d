package dev.priz;

import dev.priz.protocol.CloseCode;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/** What a server does with a connection that has just been opened. */
sealed interface Receiver {

  /** Whether it can take one more. */
  boolean hasRoom();

  /** Takes one; called on its event loop, before anything is read from it. */
  void receive(WebSocket ws, Incoming incoming, WebSocketServer server);

  /** Has a handler converse, on a virtual thread. */
  record OnThread(WebSocketHandler handler) implements Receiver {
    @Override
    public boolean hasRoom() {
      return true;
    }

    @Override
    public void receive(WebSocket ws, Incoming incoming, WebSocketServer server) {
      String path = ws.request().path();
      server.startThread(path, () -> converse(ws, incoming, path));
    }

    private void converse(WebSocket ws, Incoming incoming, String path) {
      try {
        handler.handle(ws);
        ws.closeAsync(CloseCode.NORMAL, "");
      } catch (ConnectionClosedException normalEnd) {
        ws.closeAsync(CloseCode.NORMAL, "");
      } catch (Throwable thrown) {
        incoming.failed(thrown, "the handler of " + path);
        incoming.readToEnd();
      }
    }
  }

  /** Has callbacks registered. */
  record ByCallbacks(Consumer<? super WebSocket> setup) implements Receiver {
    @Override
    public boolean hasRoom() {
      return true;
    }

    @Override
    public void receive(WebSocket ws, Incoming incoming, WebSocketServer server) {
      receive(ws, incoming);
    }

    void receive(WebSocket ws, Incoming incoming) {
      try {
        setup.accept(ws);
        incoming.start();
      } catch (Throwable thrown) {
        incoming.failed(thrown, "the setup of " + ws.request().path());
        incoming.readToEnd();
      }
    }
  }

  /**
   * Has connections wait for {@link WebSocketServer#accept}.
   *
   * @param queue where they wait
   */
  record InQueue(BlockingQueue<Object> queue) implements Receiver {
    private static final int MAX_WAITING = 1_024;

    @Override
    public boolean hasRoom() {
      return queue.size() < MAX_WAITING;
    }

    @Override
    public void receive(WebSocket ws, Incoming incoming, WebSocketServer server) {
      queue.add(ws);
    }
  }
}
