package dev.priz.wire;

import static dev.priz.wire.Wire.CLOSE;
import static dev.priz.wire.Wire.HELLO;
import static dev.priz.wire.Wire.join;
import static dev.priz.wire.Wire.text;
import static dev.priz.wire.Wire.wire;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.WebSocket;
import dev.priz.WebSocketClient;
import dev.priz.protocol.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What comes to a client with or right behind the response is neither lost nor early. */
class ClientEarlyBytesTest {
  private static final int STREAM_BYTES = stream("Sec-WebSocket-Key: any\r\n").length;

  private final WebSocketClient client = WebSocketClient.builder().build();
  private final Events events = new Events();

  @AfterEach
  void closeClient() {
    client.close();
  }

  @Test
  void hc01FramesBesideTheResponseArriveWhereverTheStreamIsSplit() throws Exception {
    try (var server = RawServer.start(ClientEarlyBytesTest::splitWhereThePathSays)) {
      for (int split = 1; split < STREAM_BYTES; split++) {
        client.connect(server.address() + "/" + split, events::watch);

        assertThat(events.toClose())
            .as("split at %d", split)
            .containsExactly("open", "text Hello", "text again", "close 1000");
      }
    }
  }

  // Sends the response, two messages and a Close frame in two segments.
  private static void splitWhereThePathSays(RawSocket peer) throws Exception {
    String request = peer.readHead();
    int split = Integer.parseInt(request.substring("GET /".length(), request.indexOf(" HTTP")));
    byte[] stream = stream(request);
    peer.send(Arrays.copyOf(stream, split));
    peer.send(Arrays.copyOfRange(stream, split, stream.length));
    peer.end().readToEnd();
  }

  private static byte[] stream(String request) {
    return RawServer.opening(request, HELLO, text("again"), CLOSE);
  }

  @Test
  void hc01FramesBesideTheResponseArriveByteByByte() throws Exception {
    try (var server =
        RawServer.start(peer -> {
          byte[] stream = RawServer.opening(peer.readHead(), HELLO, CLOSE);
          for (byte b : stream) peer.send(new byte[] {b});
          peer.end();
        })) {
      client.connect(server.address(), events::watch);

      assertThat(events.toClose()).containsExactly("open", "text Hello", "close 1000");
    }
  }

  @Test
  void messagesWaitForTheFirstReceiveThoughTheServerHasLeft() throws Exception {
    var serverLeft = new CountDownLatch(1);
    try (var server =
        RawServer.start(peer -> {
          peer.send(RawServer.opening(peer.readHead(), HELLO, text("two")));
          peer.close();
          serverLeft.countDown();
        })) {
      WebSocket ws = client.connect(server.address());
      assertThat(serverLeft.await(10, TimeUnit.SECONDS)).isTrue();

      List<String> received = new ArrayList<>();
      for (Message message : ws) received.add(message.text());

      assertThat(received).containsExactly("Hello", "two");
      assertThat(ws.closed().code()).isEqualTo(1006);
    }
  }

  @Test
  void messagesWaitForTheFirstCallback() throws Exception {
    try (var server =
        RawServer.start(peer -> {
          peer.send(RawServer.opening(peer.readHead(), HELLO, wire("82 01 ff"), CLOSE));
          peer.end().readToEnd();
        })) {
      WebSocket ws = client.connect(server.address());

      events.watch(ws);

      assertThat(events.toClose()).containsExactly("open", "text Hello", "binary 1", "close 1000");
    }
  }

  @Test
  void theRequestPrecedesWhatTheSetupSends() throws Exception {
    try (var server =
        RawServer.opening(peer -> {
          assertThat(peer.read(6 + 5)).startsWith(0x81, 0x85);
          peer.send(CLOSE);
          peer.end().readToEnd();
        })) {
      client.connect(server.address(), ws -> ws.onClose(c -> events.add("close")).send("setup"));

      assertThat(events.next()).isEqualTo("close");
    }
  }

  @Test
  void hc09BytesBehindThe101AreFramesWhateverLengthItDeclares() throws Exception {
    try (var server =
        RawServer.start(peer -> {
          String opening = new String(RawServer.opening(peer.readHead()), ISO_8859_1);
          String declaring =
              opening.replace("Upgrade: websocket", "Upgrade: websocket\r\nContent-Length: 3");
          peer.send(join(Wire.ascii(declaring), HELLO, CLOSE));
          peer.end().readToEnd();
        })) {
      client.connect(server.address(), events::watch);

      assertThat(events.toClose()).containsExactly("open", "text Hello", "close 1000");
    }
  }
}
