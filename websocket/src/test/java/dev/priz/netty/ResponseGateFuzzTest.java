package dev.priz.netty;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.priz.fuzz.Cuts;
import dev.priz.fuzz.FuzzInput;
import dev.priz.protocol.ClientHandshake;
import dev.priz.protocol.Headers;
import dev.priz.protocol.WebSocketUri;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Any bytes from a server: the handshake ends in exactly one way, the same in any pieces, holding
 * no more than what has arrived.
 */
final class ResponseGateFuzzTest {
  private static final WebSocketUri ADDRESS = WebSocketUri.parse("ws://localhost/chat");
  private static final int MAX_BODY_BYTES = 8 * 1024;
  // What arrived, in the decoder and in the body, each in a buffer of up to twice its size, and
  // what
  // some buffers have at least.
  private static final int HELD_FOR_EACH_BYTE = 4;
  private static final int HELD_AT_LEAST = 8_192;
  private static final long NEVER = Long.MAX_VALUE / 2;

  @FuzzTest
  void opensOrFails(byte[] bytes) {
    var input = new FuzzInput(bytes);
    Cuts cuts = input.cuts();
    byte[] wire = input.rest();

    List<String> whole = run(Cuts.NONE.cut(wire));

    assertThat(run(cuts.cut(wire))).as("%s", cuts).isEqualTo(whole);
    assertThat(run(Cuts.EVERYWHERE.cut(wire))).isEqualTo(whole);
  }

  private static List<String> run(List<byte[]> pieces) {
    var outcome = new FuzzedOutcome();
    try (var socket = new CountedSocket()) {
      install(socket, outcome);
      int arrived = 0;
      for (byte[] piece : pieces) {
        socket.receive(piece);
        arrived += piece.length;
        assertThat(socket.heldBytes())
            .isLessThanOrEqualTo(HELD_AT_LEAST + HELD_FOR_EACH_BYTE * (long) arrived);
      }
    }
    List<String> told = new ArrayList<>(outcome.opened);
    for (Exception cause : outcome.failed) told.add(judged(cause));
    assertThat(told).hasSize(1);
    assertThat(outcome.owner.told).doesNotContain("failed");
    told.addAll(outcome.owner.told);
    return told;
  }

  private static void install(CountedSocket socket, Connector.Outcome outcome) {
    var limits = FakeOwner.OPTIONS.limits();
    var config =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(limits.maxRequestLineBytes())
            .setMaxHeaderSize(limits.maxHeaderBytes());
    var handshake =
        new ClientHandshake(ADDRESS, List.of("chat"), Headers.EMPTY, null, new byte[16]);
    var gate =
        new ResponseGate(socket.channel, handshake, FakeOwner.OPTIONS, false, NEVER, outcome);
    socket.channel.pipeline().addLast(new HttpResponseDecoder(config), gate);
    socket.settle();
    assertThat(socket.sent()).startsWith("GET /chat HTTP/1.1\r\n");
  }

  // A refusal by the server, or in our words why not; what stands for a fault of ours has a cause.
  private static String judged(Exception cause) {
    assertThat(cause.getMessage().chars()).noneMatch(Character::isISOControl);
    if (cause instanceof HandshakeRefusal refusal) {
      assertThat(refusal.response().body()).hasSizeLessThanOrEqualTo(MAX_BODY_BYTES);
      return "refused: " + cause.getMessage() + " " + refusal.response();
    }
    assertThat(cause).isExactlyInstanceOf(IOException.class).hasNoCause();
    return "failed: " + cause.getMessage();
  }

  /** What became of the attempt. */
  private static final class FuzzedOutcome implements Connector.Outcome {
    private final List<String> opened = new ArrayList<>();
    private final List<Exception> failed = new ArrayList<>();
    private final FakeOwner owner = new FakeOwner();

    @Override
    public LinkListener opened(Link link, Headers headers) {
      opened.add("opened " + ClientHandshake.subprotocol(headers));
      LinkListener listener = owner.own(link);
      link.resume();
      return listener;
    }

    @Override
    public boolean wantsBody(int status) {
      return true;
    }

    @Override
    public void failed(Exception cause) {
      failed.add(cause);
    }
  }
}
