package dev.priz.wire;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;

/** A program of its own, with the JDK's client, which answers Pings: says "open" and "ended". */
final class StoppedPeer implements WebSocket.Listener {
  private final CountDownLatch ended = new CountDownLatch(1);

  private StoppedPeer() {}

  /**
   * Connects, and waits for the end.
   *
   * @param arguments the address
   */
  public static void main(String[] arguments) throws InterruptedException {
    var peer = new StoppedPeer();
    HttpClient client = HttpClient.newHttpClient();
    client.newWebSocketBuilder().buildAsync(URI.create(arguments[0]), peer).join();
    peer.ended.await();
    System.exit(0);
  }

  @Override
  public void onOpen(WebSocket ws) {
    say("open");
    ws.request(1);
  }

  @Override
  public CompletionStage<?> onClose(WebSocket ws, int code, String reason) {
    return end("close " + code);
  }

  @Override
  public void onError(WebSocket ws, Throwable error) {
    var unused = end("error");
  }

  private CompletionStage<?> end(String how) {
    say("ended by " + how);
    ended.countDown();
    return CompletableFuture.completedFuture(null);
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
