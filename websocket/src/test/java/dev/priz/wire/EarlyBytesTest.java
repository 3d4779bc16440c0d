package dev.priz.wire;

import static dev.priz.wire.Wire.ACCEPT;
import static dev.priz.wire.Wire.CLOSE;
import static dev.priz.wire.Wire.HELLO;
import static dev.priz.wire.Wire.MASKED_CLOSE;
import static dev.priz.wire.Wire.MASKED_HELLO;
import static dev.priz.wire.Wire.hex;
import static dev.priz.wire.Wire.join;
import static dev.priz.wire.Wire.maskedBinary;
import static dev.priz.wire.Wire.maskedText;
import static dev.priz.wire.Wire.request;
import static dev.priz.wire.Wire.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.Decision;
import dev.priz.WebSocket;
import dev.priz.WebSocketServer;
import dev.priz.protocol.Message;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What comes to a server with or right behind the handshake is neither lost nor early. */
class EarlyBytesTest {
  private static final int MAX_EARLY_BYTES = 64 * 1024;

  private final Events events = new Events();

  @Test
  void hs33FramesBesideTheRequestArriveWhereverTheStreamIsSplit() throws Exception {
    byte[] stream = join(request("/"), MASKED_HELLO, maskedText("again"));
    try (var server = echo()) {
      for (int split = 1; split < stream.length; split++) {
        try (var peer = RawSocket.to(server.port())) {
          peer.send(Arrays.copyOf(stream, split));
          peer.send(Arrays.copyOfRange(stream, split, stream.length));

          assertThat(peer.readHead()).as("split at %d", split).contains(ACCEPT);
          assertThat(hex(peer.read(14)))
              .as("split at %d", split)
              .isEqualTo(hex(join(HELLO, text("again"))));
        }
      }
    }
  }

  @Test
  void hs33FramesBesideTheRequestArriveByteByByte() throws Exception {
    byte[] stream = join(request("/"), MASKED_HELLO);
    try (var server = echo();
        var peer = RawSocket.to(server.port())) {
      for (byte b : stream) peer.send(new byte[] {b});

      assertThat(peer.readHead()).contains(ACCEPT);
      assertThat(peer.read(7)).isEqualTo(HELLO);
    }
  }

  @Test
  void hs33FramesBesideTheRequestComeAfterOnOpen() throws Exception {
    try (var server = WebSocketServer.at("127.0.0.1:0").callbacks("/", events::watch).start();
        var peer = RawSocket.to(server.port())) {
      peer.send(join(request("/"), MASKED_HELLO, MASKED_CLOSE));

      assertThat(peer.readHead()).contains(ACCEPT);
      assertThat(peer.readToEnd()).isEqualTo(CLOSE);
      peer.end();
      assertThat(events.toClose()).containsExactly("open", "text Hello", "close 1000");
    }
  }

  @Test
  void hs36The101PrecedesWhatTheSetupSends() throws Exception {
    try (var server =
            WebSocketServer.at("127.0.0.1:0")
                .callbacks(
                    "/",
                    ws -> {
                      ws.send("setup");
                      ws.onOpen(() -> ws.send("open"));
                    })
                .start();
        var peer = RawSocket.to(server.port())) {
      peer.send(request("/"));

      assertThat(peer.readHead()).contains(ACCEPT);
      assertThat(peer.read(13)).isEqualTo(join(text("setup"), text("open")));
    }
  }

  @Test
  void hs36The101PrecedesWhatAHandlersThreadSends() throws Exception {
    try (var server =
        WebSocketServer.at("127.0.0.1:0").route("/", ws -> ws.send("first")).start()) {
      for (int i = 0; i < 200; i++) {
        try (var peer = RawSocket.to(server.port())) {
          peer.send(join(request("/"), MASKED_CLOSE));

          assertThat(peer.readHead()).contains(ACCEPT);
          assertThat(peer.readToEnd()).startsWith(text("first"));
        }
      }
    }
  }

  @Test
  void messagesWaitForTheFirstReceive() throws Exception {
    var everythingSent = new CountDownLatch(1);
    try (var server =
            WebSocketServer.at("127.0.0.1:0")
                .route(
                    "/",
                    ws -> {
                      assertThat(everythingSent.await(10, TimeUnit.SECONDS)).isTrue();
                      for (Message message : ws) events.add(message.text());
                      events.add("close " + ws.closed().code());
                    })
                .start();
        var peer = RawSocket.open(server, "/")) {
      peer.send(maskedText("one"), maskedText("two"), MASKED_CLOSE);
      everythingSent.countDown();

      peer.end().readToEnd();
      assertThat(events.toClose()).containsExactly("one", "two", "close 1000");
    }
  }

  @Test
  void messagesRightBeforeTheEndOfTheStreamWaitForTheFirstReceive() throws Exception {
    try (var server = WebSocketServer.listen("127.0.0.1:0");
        var peer = RawSocket.open(server, "/")) {
      peer.send(join(MASKED_HELLO, maskedText("two"))).end();

      try (WebSocket ws = server.accept()) {
        assertThat(ws.receive().text()).isEqualTo("Hello");
        assertThat(ws.receive().text()).isEqualTo("two");
        assertThat(ws.receive()).isNull();
        assertThat(ws.closed().code()).isEqualTo(1006);
      }
    }
  }

  @Test
  void moreThanTheInboxHoldsWaitsForTheFirstReceiveThoughThePeerHasLeft() throws Exception {
    byte[] message = maskedBinary(new byte[50_000]);
    try (var server = WebSocketServer.listen("127.0.0.1:0")) {
      try (var peer = RawSocket.open(server, "/")) {
        for (int i = 0; i < 4; i++) peer.send(message);
        peer.send(MASKED_CLOSE);
      }

      try (WebSocket ws = server.accept()) {
        for (int i = 0; i < 4; i++) assertThat(ws.receive().data()).hasSize(50_000);
        assertThat(ws.receive()).isNull();
        assertThat(ws.closed().code()).isEqualTo(1000);
      }
    }
  }

  @Test
  void framesThatComeDuringTheDecisionAreDeliveredAfterIt() throws Exception {
    var asked = new CountDownLatch(1);
    var decision = new CompletableFuture<Decision>();
    try (var server = deciding(asked, decision);
        var peer = RawSocket.to(server.port())) {
      peer.send(join(request("/"), MASKED_HELLO));
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      peer.send(maskedText("meanwhile"));
      decision.complete(Decision.accept());
      peer.send(maskedText("after"));

      assertThat(peer.readHead()).contains(ACCEPT);
      assertThat(peer.read(25)).isEqualTo(join(HELLO, text("meanwhile"), text("after")));
    }
  }

  @Test
  void sixtyFourKiBAreHeldDuringTheDecision() throws Exception {
    var asked = new CountDownLatch(1);
    var decision = new CompletableFuture<Decision>();
    byte[] most = maskedBinary(new byte[MAX_EARLY_BYTES - 14]);
    try (var server = deciding(asked, decision);
        var peer = RawSocket.to(server.port())) {
      peer.send(join(request("/"), most));
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      decision.complete(Decision.accept());

      assertThat(peer.readHead()).contains(ACCEPT);
      assertThat(peer.read(MAX_EARLY_BYTES - 14 + 4)).startsWith(0x82, 126);
    }
  }

  @Test
  void moreThanSixtyFourKiBDuringTheDecisionEndTheConnection() throws Exception {
    var asked = new CountDownLatch(1);
    var decision = new CompletableFuture<Decision>();
    try (var server = deciding(asked, decision);
        var peer = RawSocket.to(server.port())) {
      peer.send(join(request("/"), maskedBinary(new byte[MAX_EARLY_BYTES])));

      assertThat(peer.readToEnd()).isEmpty();
      assertThat(decision).failsWithin(Duration.ofSeconds(10));
      assertThat(decision).isCancelled();
      assertThat(server.connections()).isEmpty();
    }
  }

  @Test
  void hs34AClientThatLeavesDuringTheDecisionHasItCancelled() throws Exception {
    var asked = new CountDownLatch(1);
    var decision = new CompletableFuture<Decision>();
    try (var server = deciding(asked, decision)) {
      try (var peer = RawSocket.to(server.port())) {
        peer.send(join(request("/"), MASKED_HELLO));
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      }

      assertThat(decision).failsWithin(Duration.ofSeconds(10));
      assertThat(decision).isCancelled();
      assertThat(events.rest()).isEmpty();
    }
  }

  @Test
  void framesBehindARefusedHandshakeAreDropped() throws Exception {
    var asked = new CountDownLatch(1);
    try (var server =
            deciding(asked, CompletableFuture.completedFuture(Decision.refuse(401, "who?")));
        var peer = RawSocket.to(server.port())) {
      peer.send(join(request("/"), MASKED_HELLO));

      String answer = new String(peer.readToEnd(), ISO_8859_1);
      assertThat(answer).startsWith("HTTP/1.1 401 ").endsWith("\r\n\r\nwho?");
    }
  }

  private static WebSocketServer echo() {
    return WebSocketServer.at("127.0.0.1:0")
        .callbacks("/", ws -> ws.onText(ws::send).onBinary(ws::send))
        .start();
  }

  private static WebSocketServer deciding(
      CountDownLatch asked, CompletableFuture<Decision> decision) {
    return WebSocketServer.at("127.0.0.1:0")
        .handshakeAsync(handshake -> {
          asked.countDown();
          return decision;
        })
        .callbacks("/", ws -> ws.onText(ws::send).onBinary(ws::send))
        .start();
  }
}
