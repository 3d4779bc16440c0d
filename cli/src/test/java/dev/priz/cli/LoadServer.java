package dev.priz.cli;

import dev.priz.Decision;
import dev.priz.WebSocket;
import dev.priz.WebSocketServer;
import dev.priz.protocol.CloseCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A server for load tests, with a path for each way to answer, and for each not to. */
final class LoadServer implements AutoCloseable {
  /** How long {@code /stall} answers nobody, once. */
  static final int STALL_MILLIS = 300;

  /** How long {@code /late} takes for each answer. */
  static final int LATE_MILLIS = 200;

  private final Executor late =
      CompletableFuture.delayedExecutor(LATE_MILLIS, TimeUnit.MILLISECONDS);
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger messages = new AtomicInteger();
  private final List<Runnable> stalled = new ArrayList<>();
  private final WebSocketServer server =
      WebSocketServer.at("127.0.0.1:0")
          .threads(1)
          .subprotocols("load")
          .handshake(question ->
              question.request().path().equals("/two") && connections.incrementAndGet() > 2
                  ? Decision.refuse(503, "two are enough")
                  : Decision.accept())
          .callbacks("/echo", LoadServer::echo)
          .callbacks("/two", LoadServer::echo)
          .callbacks(
              "/token",
              ws -> {
                if ("42".equals(ws.request().headers().first("X-Token"))) echo(ws);
              })
          .callbacks("/silent", ws -> ws.onMessage(ignored -> {}))
          .callbacks("/late", ws -> ws.onBinary(data -> late.execute(() -> ws.send(data))))
          .callbacks("/stall", ws -> ws.onBinary(data -> answerOrStall(() -> ws.send(data))))
          .callbacks("/reversed", ws -> ws.onText(text -> ws.send(everyTenthReversed(text))))
          .callbacks("/other", ws -> ws.onText(text -> ws.send(new byte[text.length()])))
          .callbacks("/fail", ws -> ws.onBinary(data -> ws.closeAsync(1011, "oops")))
          .callbacks("/lose", this::loseFirst)
          .start();

  /** The address of a path. */
  String at(String path) {
    return server.address() + path;
  }

  @Override
  public void close() {
    server.close();
  }

  private static void echo(WebSocket ws) {
    ws.onText(ws::send).onBinary(ws::send);
  }

  private void answerOrStall(Runnable answer) {
    synchronized (stalled) {
      int message = messages.incrementAndGet();
      if (message == 100) {
        CompletableFuture.delayedExecutor(STALL_MILLIS, TimeUnit.MILLISECONDS)
            .execute(this::endStall);
      }
      boolean stalls = message == 100 || !stalled.isEmpty();
      if (stalls) {
        stalled.add(answer);
        return;
      }
    }
    answer.run();
  }

  private void endStall() {
    synchronized (stalled) {
      stalled.forEach(Runnable::run);
      stalled.clear();
    }
  }

  private String everyTenthReversed(String text) {
    return messages.incrementAndGet() % 10 == 0
        ? new StringBuilder(text).reverse().toString()
        : text;
  }

  private void loseFirst(WebSocket ws) {
    if (connections.incrementAndGet() == 1) {
      ws.onBinary(data -> ws.closeAsync(CloseCode.GOING_AWAY, "enough"));
    } else {
      echo(ws);
    }
  }
}
