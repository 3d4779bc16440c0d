package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.protocol.Binary;
import dev.priz.protocol.DeflateOptions;
import dev.priz.protocol.Message;
import dev.priz.protocol.Opcode;
import dev.priz.protocol.PreparedMessage;
import dev.priz.protocol.Text;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Compression between the two ends of a connection, and as a peer sees it. */
final class DeflateTest {
  static final DeflateOptions[] CHOICES = {
    DeflateOptions.SHARED,
    DeflateOptions.DEDICATED,
    DeflateOptions.DEDICATED.send(true, 15).receive(true, 8).thresholdBytes(0)
  };

  private static final String OFFER =
      "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n";

  @Test
  void isAgreedOnUnlessItIsOff() {
    try (var on = Ends.open();
        var off = Ends.open(server -> server.deflate(null), client -> client)) {
      assertThat(on.client().isCompressed()).isTrue();
      assertThat(on.server().isCompressed()).isTrue();
      assertThat(off.client().isCompressed()).isFalse();
      assertThat(off.server().isCompressed()).isFalse();
    }
  }

  @ParameterizedTest
  @FieldSource("CHOICES")
  void carriesMessagesOfAllSizes(DeflateOptions choice) throws InterruptedException {
    long seed = System.nanoTime();
    var random = new Random(seed);
    try (var ends = Ends.open(ConnectionOptions.DEFAULT.deflate(choice))) {
      for (int size : new int[] {0, 1, 127, 128, 5_000, 65_535, 65_536, 70_000, 1 << 20}) {
        byte[] data = someData(random, size);
        String text = "çok güzel ".repeat(size / 20);

        Threads.run(() -> {
          ends.client().send(data);
          ends.client().send(text);
          ends.server().send(PreparedMessage.binary(data));
        });

        assertThat(ends.server().receive()).as("seed %d", seed).isEqualTo(new Binary(data));
        assertThat(ends.server().receive()).as("seed %d", seed).isEqualTo(new Text(text));
        assertThat(ends.client().receive()).as("seed %d", seed).isEqualTo(new Binary(data));
      }
    }
  }

  @ParameterizedTest
  @FieldSource("CHOICES")
  void carriesStreams(DeflateOptions choice) throws Exception {
    byte[] data = someData(new Random(1), 5 << 20);
    try (var ends = Ends.open(ConnectionOptions.DEFAULT.deflate(choice))) {
      Threads.run(() -> {
        try (var out = ends.client().binaryStream()) {
          out.write(data);
        } catch (IOException failure) {
          throw new AssertionError(failure);
        }
      });

      try (IncomingMessage message = ends.server().receiveStream()) {
        assertThat(message.bytes()).hasBinaryContent(data);
      }
    }
  }

  @Test
  void streamsWhatWasCompressedALot() throws Exception {
    byte[] data = new byte[20 << 20];
    try (var ends = Ends.open()) {
      Threads.run(() -> ends.client().send(data));

      try (IncomingMessage message = ends.server().receiveStream()) {
        assertThat(message.bytes()).hasBinaryContent(data);
      }
    }
  }

  @Test
  void answersAPeerInItsOwnWay() throws IOException {
    try (WebSocketServer server =
            WebSocketServer.at("127.0.0.1:0")
                .deflate(DeflateOptions.DEDICATED.thresholdBytes(0))
                .callbacks("/", ws -> ws.onMessage(ws::send))
                .start();
        RawPeer peer = RawPeer.to(server)) {
      peer.sendText(RawPeer.handshake("/", OFFER));
      assertThat(peer.readHead())
          .contains("permessage-deflate; server_max_window_bits=12; client_max_window_bits=12\r\n");

      // RFC 7692 §7.2.3.1: "Hello", masked with zeros.
      peer.sendHex("c1 87 00000000 f2 48 cd c9 c9 07 00");

      RawPeer.Frame answer = peer.receive();
      assertThat(answer.head()).isEqualTo(0xC1);
      assertThat(answer.payload()).hasSizeLessThan(10);
    }
  }

  @Test
  @DisplayName("PD-20 sends a secret as it is")
  void sendsASecretAsItIs() throws IOException {
    String secret = "secret".repeat(100);
    try (WebSocketServer server =
            WebSocketServer.at("127.0.0.1:0")
                .callbacks(
                    "/",
                    ws ->
                        ws.onOpen(() -> {
                          ws.send(PreparedMessage.text(secret).uncompressed());
                          try (var message = ws.sendFragments(Opcode.TEXT).uncompressed()) {
                            message.send(secret);
                          }
                          ws.send(secret);
                        }))
                .start();
        RawPeer peer = RawPeer.to(server)) {
      peer.sendText(RawPeer.handshake("/", OFFER));
      peer.readHead();

      RawPeer.Frame prepared = peer.receive();
      assertThat(prepared.head()).isEqualTo(0x81);
      assertThat(prepared.text()).isEqualTo(secret);
      RawPeer.Frame fragment = peer.receive();
      assertThat(fragment.head()).isEqualTo(0x01);
      assertThat(fragment.text()).isEqualTo(secret);
      assertThat(peer.receive().head()).isEqualTo(0x80);
      assertThat(peer.receive().head()).isEqualTo(0xC1);
    }
  }

  @Test
  @DisplayName("PD-10 takes messages that are not compressed among those that are")
  void takesMessagesThatAreNotCompressed() throws Exception {
    try (var ends = Ends.open(server -> server, client -> client.deflate(null))) {
      ends.server().send("a".repeat(1_000));

      Message message = ends.client().receive();

      assertThat(message).isEqualTo(new Text("a".repeat(1_000)));
    }
  }

  // Half of it compresses well, half does not.
  private static byte[] someData(Random random, int size) {
    byte[] data = new byte[size];
    random.nextBytes(data);
    Arrays.fill(data, 0, size / 2, (byte) 'x');
    return data;
  }
}
