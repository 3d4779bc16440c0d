package dev.priz.netty;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.priz.fuzz.Cuts;
import dev.priz.fuzz.FuzzInput;
import dev.priz.protocol.Headers;
import dev.priz.protocol.OriginPolicy;
import dev.priz.protocol.Request;
import dev.priz.protocol.Response;
import dev.priz.protocol.ServerHandshake;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Any bytes to a server: proper HTTP responses, a WebSocket, or silence until there is more; the
 * same in any pieces, holding no more than what has arrived.
 */
final class HttpGateFuzzTest {
  private static final Pattern RESPONSE =
      Pattern.compile(
          "HTTP/1\\.1 (\\d{3}) [ -~]*\r\n((?:[A-Za-z-]+: [ -~]*\r\n)*)\r\n", Pattern.DOTALL);
  private static final Pattern LENGTH = Pattern.compile("Content-Length: (\\d+)\r\n");
  private static final List<Integer> STATUSES =
      List.of(101, 200, 400, 403, 405, 413, 414, 426, 431, 505);
  // What arrived, in the decoder and in the body, each in a buffer of up to twice its size, and
  // what
  // some buffers have at least.
  private static final int HELD_FOR_EACH_BYTE = 4;
  private static final int HELD_AT_LEAST = 8_192;
  private static final List<Decision> DECISIONS = List.of(Decision.values());

  private enum Decision {
    ACCEPT,
    REFUSE,
    ACCEPT_LATE,
    NEVER
  }

  @FuzzTest
  void answersOrWaits(byte[] bytes) {
    var input = new FuzzInput(bytes);
    boolean servesHttp = input.flag();
    Decision decision = input.pick(DECISIONS);
    Cuts cuts = input.cuts();
    byte[] wire = input.rest();

    Outcome whole = run(servesHttp, decision, Cuts.NONE.cut(wire));

    assertThat(run(servesHttp, decision, cuts.cut(wire))).as("%s", cuts).isEqualTo(whole);
    assertThat(run(servesHttp, decision, Cuts.EVERYWHERE.cut(wire))).isEqualTo(whole);
  }

  private static Outcome run(boolean servesHttp, Decision decision, List<byte[]> pieces) {
    var owner = new FakeOwner();
    var reception = new FuzzedReception(servesHttp, decision, owner);
    boolean open;
    String sent;
    try (var socket = new CountedSocket()) {
      install(socket, reception);
      receive(socket, reception, pieces);
      open = socket.channel.isOpen();
      sent = socket.sent();
    }
    // A gate that fails closes the channel in silence, but so small an input gives no cause to.
    if (owner.link == null) assertThat(open).isTrue();
    assertThat(owner.told).doesNotContain("failed");
    return new Outcome(http(sent), reception.told, owner.told, open);
  }

  private static void receive(
      CountedSocket socket, FuzzedReception reception, List<byte[]> pieces) {
    int arrived = 0;
    for (byte[] piece : pieces) {
      socket.receive(piece);
      reception.answerAll(socket);
      arrived += piece.length;
      assertThat(socket.heldBytes())
          .isLessThanOrEqualTo(HELD_AT_LEAST + HELD_FOR_EACH_BYTE * (long) arrived);
    }
    reception.acceptLate();
    socket.settle();
  }

  private static void install(CountedSocket socket, Reception reception) {
    var limits = FakeOwner.OPTIONS.limits();
    var config =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(limits.maxRequestLineBytes())
            .setMaxHeaderSize(limits.maxHeaderBytes())
            .setValidateHeaders(false);
    var options = FakeOwner.gate(OriginPolicy.sameOrigin(), false, FakeOwner.OPTIONS);
    socket
        .channel
        .pipeline()
        .addLast(
            new HttpRequestDecoder(config), FakeOwner.gate(socket.channel, options, reception));
  }

  // The responses, which are looked at; without the frames behind a 101, of which there may be
  // fewer Pongs if Pings come together.
  private static String http(String sent) {
    Matcher response = RESPONSE.matcher(sent);
    int at = 0;
    boolean last = false;
    while (at < sent.length()) {
      assertThat(last).as("a response behind the last: %s", sent).isFalse();
      assertThat(response.region(at, sent.length()).lookingAt()).as(sent).isTrue();
      int status = Integer.parseInt(response.group(1));
      assertThat(status).isIn(STATUSES);
      at = response.end();
      if (status == 101) return sent.substring(0, at);
      Matcher length = LENGTH.matcher(response.group(2));
      assertThat(length.find()).isTrue();
      at += Integer.parseInt(length.group(1));
      assertThat(at).isLessThanOrEqualTo(sent.length());
      last = response.group(2).contains("Connection: close\r\n");
      if (status != 200) assertThat(last).isTrue();
    }
    return sent;
  }

  /**
   * What the same bytes must always lead to.
   *
   * @param http all responses
   * @param requests what the reception was asked
   * @param events what the owner of the WebSocket was told
   */
  private record Outcome(String http, List<String> requests, List<String> events, boolean open) {}

  /** Serves and decides as a fuzzer wants it. */
  private static final class FuzzedReception implements Reception {
    private final List<String> told = new ArrayList<>();
    private final boolean servesHttp;
    private final Decision decision;
    private final FakeOwner owner;
    private @Nullable Visitor waiting;
    private @Nullable Visitor late;

    FuzzedReception(boolean servesHttp, Decision decision, FakeOwner owner) {
      this.servesHttp = servesHttp;
      this.decision = decision;
      this.owner = owner;
    }

    @Override
    public void decide(Request request, ServerHandshake handshake, Visitor visitor) {
      told.add("decide " + request.target() + " " + request.headers());
      switch (decision) {
        case ACCEPT -> accept(visitor);
        case REFUSE -> visitor.respond(Response.text(403, "not you"));
        case ACCEPT_LATE -> late = visitor;
        case NEVER -> {}
      }
    }

    @Override
    public boolean servesHttp() {
      return servesHttp;
    }

    @Override
    public void refused(Request request, SocketAddress peer, Response response) {}

    @Override
    public void serve(Request request, byte[] body, Visitor visitor) {
      told.add("serve " + request.method() + " " + request.target() + " " + body.length);
      waiting = visitor;
    }

    // A socket is not read while a request is being answered, so that all are answered here.
    void answerAll(CountedSocket socket) {
      for (Visitor visitor = waiting; visitor != null; visitor = waiting) {
        waiting = null;
        visitor.respond(Response.of(200));
        socket.settle();
      }
    }

    void acceptLate() {
      if (late != null) accept(late);
    }

    private void accept(Visitor visitor) {
      visitor.accept(
          null,
          Headers.EMPTY,
          link -> {
            LinkListener listener = owner.own(link);
            link.resume();
            return listener;
          });
    }
  }
}
