package dev.priz.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What the callbacks of connections were called with, in words and in order. */
final class Events {
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  /** Has everything that happens on a connection noted. */
  void watch(WebSocket ws) {
    ws.onOpen(() -> events.add("open"))
        .onText(text -> events.add("text " + text))
        .onBinary(data -> events.add("binary " + data.length))
        .onError(error -> events.add("error"))
        .onClose(closed -> events.add("close " + closed.code()));
  }

  /** Notes something else. */
  void add(String event) {
    events.add(event);
  }

  /** The next event; waits for it. */
  String next() throws InterruptedException {
    String next = events.poll(10, TimeUnit.SECONDS);
    assertThat(next).as("an event within 10 s").isNotNull();
    return next;
  }

  /** The events up to the one that closes a connection; waits for them. */
  List<String> toClose() throws InterruptedException {
    List<String> all = new ArrayList<>();
    do {
      all.add(next());
    } while (!all.getLast().startsWith("close"));
    return all;
  }

  /** What has happened and was not asked for yet. */
  List<String> rest() {
    List<String> rest = new ArrayList<>();
    events.drainTo(rest);
    return rest;
  }
}
