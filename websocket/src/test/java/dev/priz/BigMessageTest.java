package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.protocol.Binary;
import dev.priz.protocol.Limits;
import dev.priz.protocol.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * Messages over {@link ConnectionOptions#fragmentBytes}, which go out in fragments by themselves.
 */
final class BigMessageTest {
  private static final ConnectionOptions SMALL_FRAGMENTS =
      ConnectionOptions.DEFAULT.fragmentBytes(4_096).limits(Limits.DEFAULT.maxFragments(10_000));

  @Test
  void cutsABigTextAtTheFragmentSize() throws Exception {
    try (var server = sender(ws -> ws.send("x".repeat(4_096) + "y".repeat(4_096) + "z"));
        var peer = RawPeer.open(server)) {
      List<RawPeer.Frame> frames = List.of(peer.receive(), peer.receive(), peer.receive());

      assertThat(frames).extracting(RawPeer.Frame::head).containsExactly(0x01, 0x00, 0x80);
      assertThat(frames)
          .extracting(RawPeer.Frame::text)
          .containsExactly("x".repeat(4_096), "y".repeat(4_096), "z");
    }
  }

  @Test
  void leavesAMessageOfJustTheFragmentSizeWhole() throws Exception {
    try (var server = sender(ws -> ws.send(new byte[4_096]));
        var peer = RawPeer.open(server)) {
      RawPeer.Frame frame = peer.receive();

      assertThat(frame.head()).isEqualTo(0x82);
      assertThat(frame.payload()).hasSize(4_096);
    }
  }

  @Test
  void cutsWhatIsSentWithoutWaiting() throws Exception {
    try (var server = sender(ws -> ws.sendAsync(new Binary(new byte[4_097])));
        var peer = RawPeer.open(server)) {
      List<RawPeer.Frame> frames = List.of(peer.receive(), peer.receive());

      assertThat(frames).extracting(RawPeer.Frame::head).containsExactly(0x02, 0x80);
    }
  }

  @Test
  void cutsWhatACallbackSends() throws Exception {
    try (var server =
            WebSocketServer.at("127.0.0.1:0")
                .options(SMALL_FRAGMENTS)
                .callbacks("/", ws -> ws.onOpen(() -> ws.send(new byte[4_097])))
                .start();
        var peer = RawPeer.open(server)) {
      List<RawPeer.Frame> frames = List.of(peer.receive(), peer.receive());

      assertThat(frames).extracting(RawPeer.Frame::head).containsExactly(0x02, 0x80);
    }
  }

  @Test
  void sendsBigMessagesOfManyThreadsOneAfterAnother() throws Exception {
    try (var ends = Ends.open(SMALL_FRAGMENTS)) {
      List<CompletableFuture<Void>> sending = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        sending.add(Threads.run(() -> ends.client().send(new byte[300_000])));
      }

      List<Message> received = new ArrayList<>();
      for (int i = 0; i < 8; i++) received.add(ends.server().receive());

      assertThat(received).containsOnly(new Binary(new byte[300_000]));
      for (var each : sending) Soon.value(each);
    }
  }

  @Test
  void sendsBigMessagesOfACallbackWithThoseOfThreads() throws Exception {
    try (var ends = Ends.open(SMALL_FRAGMENTS)) {
      ends.server().onText(text -> ends.server().send(new byte[100_000]));
      var sending =
          Threads.run(() -> {
            for (int i = 0; i < 20; i++) ends.server().send(new byte[100_000]);
          });
      for (int i = 0; i < 20; i++) ends.client().send("give me one too");

      List<Message> received = new ArrayList<>();
      for (int i = 0; i < 40; i++) received.add(ends.client().receive());

      assertThat(received).hasSize(40).containsOnly(new Binary(new byte[100_000]));
      Soon.value(sending);
    }
  }

  private static WebSocketServer sender(WebSocketHandler handler) {
    return WebSocketServer.at("127.0.0.1:0").options(SMALL_FRAGMENTS).route("/", handler).start();
  }
}
