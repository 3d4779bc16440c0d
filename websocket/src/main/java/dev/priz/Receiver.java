package dev.priz;

import dev.priz.hub.Rules;
import dev.priz.hub.Session;
import dev.priz.protocol.CloseCode;
import dev.priz.topic.Publication;
import dev.priz.topic.Verdict;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a server does with a connection that has just been opened. */
sealed interface Receiver {

  /** Whether it can take one more. */
  boolean hasRoom();

  /**
   * The subprotocols that connections here may speak.
   *
   * @param ofServer those of the server
   */
  default List<String> subprotocols(List<String> ofServer) {
    return ofServer;
  }

  /** Whether one who offers none of them is turned away. */
  default boolean needsSubprotocol() {
    return false;
  }

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
        incoming.beginSetup();
        setup.accept(ws);
        incoming.start();
      } catch (Throwable thrown) {
        incoming.failed(thrown, "the setup of " + ws.request().path());
        incoming.readToEnd();
      }
    }
  }

  /** Has clients subscribe and publish by themselves. */
  record ByTopics(TopicRules rules) implements Receiver {
    private static final List<String> SUBPROTOCOLS = List.of("priz.topic.v1");

    @Override
    public boolean hasRoom() {
      return true;
    }

    @Override
    public List<String> subprotocols(List<String> ofServer) {
      return SUBPROTOCOLS;
    }

    @Override
    public boolean needsSubprotocol() {
      return true;
    }

    @Override
    public void receive(WebSocket ws, Incoming incoming, WebSocketServer server) {
      var session = new Session(ws.subscriber(), new ConnectionRules(ws, rules, server.watch()));
      incoming.beginSetup();
      ws.onText(session::receive);
      incoming.start();
    }
  }

  /** The rules for one connection. */
  record ConnectionRules(WebSocket ws, TopicRules rules, Watch watch) implements Rules {
    @Override
    public Verdict subscribe(String topic, @Nullable String present) {
      return rules.subscribe(ws, topic);
    }

    @Override
    public Verdict publish(String topic, Publication publication) {
      return rules.publish(ws, topic, publication);
    }

    @Override
    public void failed(Throwable thrown) {
      watch.threw("a topic rule of " + ws.request().path() + " failed", thrown);
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
