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
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes to a client with or right behind the response is neither lost nor early. */
@ParameterizedClass
@EnumSource
class ClientEarlyBytesTest {
  // The client's Close frame: the server then ends TCP, and with TLS not before, because OpenSSL
  // says
  // nothing more to a peer that has ended its half.
  private static final int CLOSE_REPLY_BYTES = 2 + 4 + 2;
  private static final int STREAM_BYTES = stream("Sec-WebSocket-Key: any\r\n").length;

  private final WebSocketClient client = Wiring.client().build();
  private final Events events = new Events();
  private final Wiring wiring;

  ClientEarlyBytesTest(Wiring wiring) {
    this.wiring = wiring;
  }

  @AfterEach
  void closeClient() {
    client.close();
  }

  @Test
  @DisplayName("HC-01 frames beside the response arrive wherever the stream is split")
  void framesBesideTheResponseArriveWhereverTheStreamIsSplit() throws Exception {
    try (var server = RawServer.start(wiring, ClientEarlyBytesTest::splitWhereThePathSays)) {
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
    peer.read(CLOSE_REPLY_BYTES);
  }

  private static byte[] stream(String request) {
    return RawServer.opening(request, HELLO, text("again"), CLOSE);
  }

  @Test
  @DisplayName("HC-01 frames beside the response arrive byte by byte")
  void framesBesideTheResponseArriveByteByByte() throws Exception {
    try (var server =
        RawServer.start(
            wiring,
            peer -> {
              byte[] stream = RawServer.opening(peer.readHead(), HELLO, CLOSE);
              for (byte b : stream) peer.send(new byte[] {b});
              peer.read(CLOSE_REPLY_BYTES);
            })) {
      client.connect(server.address(), events::watch);

      assertThat(events.toClose()).containsExactly("open", "text Hello", "close 1000");
    }
  }

  @Test
  void messagesWaitForTheFirstReceiveThoughTheServerHasLeft() throws Exception {
    var serverLeft = new CountDownLatch(1);
    try (var server =
        RawServer.start(
            wiring,
            peer -> {
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
        RawServer.start(
            wiring,
            peer -> {
              peer.send(RawServer.opening(peer.readHead(), HELLO, wire("82 01 ff"), CLOSE));
              peer.read(CLOSE_REPLY_BYTES);
            })) {
      WebSocket ws = client.connect(server.address());

      events.watch(ws);

      assertThat(events.toClose()).containsExactly("open", "text Hello", "binary 1", "close 1000");
    }
  }

  @Test
  void theRequestPrecedesWhatTheSetupSends() throws Exception {
    try (var server =
        RawServer.start(
            wiring,
            peer -> {
              peer.send(RawServer.opening(peer.readHead()));
              assertThat(peer.read(6 + 5)).startsWith(0x81, 0x85);
              peer.send(CLOSE);
              peer.read(CLOSE_REPLY_BYTES);
            })) {
      client.connect(server.address(), ws -> ws.onClose(c -> events.add("close")).send("setup"));

      assertThat(events.next()).isEqualTo("close");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 3",
        "Content-Length: 0",
        "Transfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 3"
      })
  @DisplayName("HC-09 bytes behind the 101 are frames whatever length it declares")
  void bytesBehindThe101AreFramesWhateverLengthItDeclares(String declared) throws Exception {
    try (var server =
        RawServer.start(
            wiring,
            peer -> {
              String opening = new String(RawServer.opening(peer.readHead()), ISO_8859_1);
              String declaring =
                  opening.replace("Upgrade: websocket", "Upgrade: websocket\r\n" + declared);
              peer.send(join(Wire.ascii(declaring), HELLO, CLOSE));
              peer.read(CLOSE_REPLY_BYTES);
            })) {
      client.connect(server.address(), events::watch);

      assertThat(events.toClose()).containsExactly("open", "text Hello", "close 1000");
    }
  }
}
