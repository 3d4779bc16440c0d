package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.protocol.Message;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * More in both directions at once than sockets and queues hold: nobody may wait for a peer that
 * waits for them.
 */
final class DuplexTest {
  private static final int MESSAGES = 400;
  private static final int MESSAGE_BYTES = 60_000;
  private static final long ALL_BYTES = (long) MESSAGES * MESSAGE_BYTES;

  @ParameterizedTest
  @MethodSource("dev.priz.Transports#working")
  void sendsAndReceivesOnBothEndsAtOnceWithReceive(Transport transport) throws Exception {
    try (var ends = Ends.open(transport)) {
      var client = received(ends.client());
      var server = received(ends.server());

      var sending = List.of(sent(ends.client()), sent(ends.server()));

      assertThat(Soon.value(client)).isEqualTo(ALL_BYTES);
      assertThat(Soon.value(server)).isEqualTo(ALL_BYTES);
      for (var each : sending) Soon.value(each);
    }
  }

  @Test
  void sendsAndReceivesOnBothEndsAtOnceWithCallbacks() throws Exception {
    try (var ends = Ends.open()) {
      var client = counted(ends.client());
      var server = counted(ends.server());

      var sending = List.of(sent(ends.client()), sent(ends.server()));

      assertThat(Soon.value(client)).isEqualTo(ALL_BYTES);
      assertThat(Soon.value(server)).isEqualTo(ALL_BYTES);
      for (var each : sending) Soon.value(each);
    }
  }

  @Test
  void getsEchoesOfALoopWhileItSends() throws Exception {
    try (var server =
            WebSocketServer.at("127.0.0.1:0")
                .route(
                    "/",
                    ws -> {
                      for (Message message : ws) ws.send(message);
                    })
                .start();
        var ws = WebSocket.connect(server.address())) {
      var echoes = received(ws);

      var sending = sent(ws);

      assertThat(Soon.value(echoes)).isEqualTo(ALL_BYTES);
      Soon.value(sending);
    }
  }

  @Test
  void getsEchoesOfCallbacksWhileItSends() throws Exception {
    try (var server =
            WebSocketServer.at("127.0.0.1:0").callbacks("/", ws -> ws.onBinary(ws::send)).start();
        var ws = WebSocket.connect(server.address())) {
      var echoes = counted(ws);

      var sending = sent(ws);

      assertThat(Soon.value(echoes)).isEqualTo(ALL_BYTES);
      Soon.value(sending);
    }
  }

  private static CompletableFuture<Void> sent(WebSocket ws) {
    return Threads.run(() -> {
      byte[] payload = new byte[MESSAGE_BYTES];
      for (int i = 0; i < MESSAGES; i++) ws.send(payload);
    });
  }

  private static CompletableFuture<Long> received(WebSocket ws) {
    return Threads.call(() -> {
      long bytes = 0;
      while (bytes < ALL_BYTES) bytes += ws.receive().data().length;
      return bytes;
    });
  }

  private static CompletableFuture<Long> counted(WebSocket ws) {
    var all = new CompletableFuture<Long>();
    var bytes = new AtomicLong();
    ws.onBinary(data -> {
      if (bytes.addAndGet(data.length) == ALL_BYTES) all.complete(bytes.get());
    });
    return all;
  }
}
