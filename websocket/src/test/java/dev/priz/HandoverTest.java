package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.protocol.Close;
import dev.priz.protocol.Closed;
import dev.priz.protocol.Text;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Between {@code connect} and whoever listens first, nothing is lost. */
@ParameterizedClass
@MethodSource("dev.priz.Transports#working")
final class HandoverTest {
  private static final String TEXT_FRAME = "81 05 65 61 72 6c 79";
  private static final String BINARY_FRAME = "82 01 2a";
  private static final String CLOSE_FRAME = "88 02 03 e8";

  @Parameter Transport transport;
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private WebSocketClient client;
  private RawServer server;

  @BeforeEach
  void open() throws IOException {
    client = WebSocketClient.builder().transport(transport).build();
    server = RawServer.listen();
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    client.close();
  }

  @Test
  void callsOnOpenThatIsRegisteredAfterConnecting() throws Exception {
    try (var met = server.meet(client)) {
      met.client().onOpen(() -> events.add("open"));

      assertThat(Soon.next(events)).isEqualTo("open");
    }
  }

  @Test
  void deliversToACallbackWhatCameWithTheHandshake() throws Exception {
    try (var met = server.meet(client, TEXT_FRAME + BINARY_FRAME)) {
      met.client().onMessage(message -> events.add(message.toString()));

      assertThat(Soon.next(events)).isEqualTo("Text[text=early]");
      assertThat(Soon.next(events)).isEqualTo("Binary[1 bytes]");
    }
  }

  @Test
  void deliversToReceiveWhatCameWithTheHandshake() throws Exception {
    try (var met = server.meet(client, TEXT_FRAME)) {
      assertThat(met.client().receive()).isEqualTo(new Text("early"));
    }
  }

  @Test
  void opensBeforeWhatCameWithTheHandshakeWhateverTheOrderOfCallbacks() throws Exception {
    var opening =
        Threads.call(() ->
            client.connect(
                server.address(),
                ws -> ws.onText(text -> events.add(text)).onOpen(() -> events.add("open"))));
    try (var peer = server.accept()) {
      peer.sendTextAndHex(RawPeer.acceptance(peer.readHead()), TEXT_FRAME);

      Soon.value(opening);
      assertThat(Soon.next(events)).isEqualTo("open");
      assertThat(Soon.next(events)).isEqualTo("early");
    }
  }

  @Test
  void keepsABinaryMessageForItsCallbackBehindThatForText() throws Exception {
    try (var met = server.meet(client, BINARY_FRAME + TEXT_FRAME)) {
      met.client().onText(text -> events.add(text));
      met.client().onBinary(data -> events.add("binary " + data[0]));

      assertThat(Soon.next(events)).isEqualTo("binary 42");
      assertThat(Soon.next(events)).isEqualTo("early");
    }
  }

  @Test
  void deliversEveryKindThoughCallbacksAreRegisteredOneByOne() throws Exception {
    String ping = "89 01 01";
    String pong = "8a 01 02";
    try (var met = server.meet(client, pong + BINARY_FRAME + ping + TEXT_FRAME)) {
      met.client().onText(text -> events.add(text));
      met.client().onPing(data -> events.add("ping"));
      met.client().onBinary(data -> events.add("binary"));
      met.client().onPong(data -> events.add("pong"));

      assertThat(List.of(Soon.next(events), Soon.next(events))).containsExactly("pong", "binary");
      assertThat(List.of(Soon.next(events), Soon.next(events))).containsExactly("ping", "early");
    }
  }

  @Test
  void deliversToReceiveWhatCameBeforeThePeerWasGone() throws Exception {
    try (var met = server.meet(client, TEXT_FRAME + CLOSE_FRAME)) {
      met.peer().disconnect();

      assertThat(met.client().receive()).isEqualTo(new Text("early"));
      assertThat(met.client().receive()).isNull();
      assertThat(met.client().closed()).extracting(Closed::code).isEqualTo(1000);
    }
  }

  @Test
  void deliversToCallbacksWhatCameBeforeThePeerWasGone() throws Exception {
    try (var met = server.meet(client, TEXT_FRAME + CLOSE_FRAME)) {
      met.peer().disconnect();

      met.client().onClose(how -> events.add("closed " + how.code()));
      met.client().onText(text -> events.add(text));

      assertThat(Soon.next(events)).isEqualTo("early");
      assertThat(Soon.next(events)).isEqualTo("closed 1000");
    }
  }

  @Test
  void deliversWhatCameBeforeTheConnectionWasLost() throws Exception {
    try (var met = server.meet(client)) {
      met.peer().sendHex(TEXT_FRAME);
      met.peer().disconnect();

      assertThat(met.client().receive()).isEqualTo(new Text("early"));
      assertThat(met.client().receive()).isNull();
      assertThat(met.client().closed()).extracting(Closed::code).isEqualTo(1006);
    }
  }

  @Test
  void deliversAMessageThatWaitsForItsCallbackBeforeTheEnd() throws Exception {
    try (var met = server.meet(client, BINARY_FRAME)) {
      met.client().onText(text -> events.add(text));
      met.client().onClose(how -> events.add("closed " + how.code()));
      met.peer().disconnect();
      assertThat(Soon.isPendingFor(Duration.ofMillis(200), met.client().whenClosed())).isTrue();
      met.client().onBinary(data -> events.add("binary"));

      assertThat(Soon.next(events)).isEqualTo("binary");
      assertThat(Soon.next(events)).isEqualTo("closed 1006");
    }
  }

  @Test
  void givesReceiveTheCloseFrameWhereAskedFor() throws Exception {
    try (var met = server.meet(client, CLOSE_FRAME)) {
      met.client().showControlFrames();

      assertThat(met.client().receive()).isEqualTo(new Close(1000, ""));
      met.peer().disconnect();
      assertThat(met.client().receive()).isNull();
    }
  }

  @Test
  void callsOnCloseThatIsRegisteredAfterTheEndOnce() throws Exception {
    try (var met = server.meet(client, CLOSE_FRAME)) {
      met.peer().disconnect();
      met.client().run();

      met.client().onClose(how -> events.add("closed " + how.code()));
      met.client().onOpen(() -> events.add("open"));

      assertThat(Soon.next(events)).isEqualTo("closed 1000");
      assertThat(Soon.next(events)).isEqualTo("open");
      assertThat(events).isEmpty();
    }
  }

  @Test
  void callsOnCloseThatIsRegisteredAfterTheClientsEnd() throws Exception {
    try (var met = server.meet(client)) {
      client.close();

      met.client().onClose(how -> events.add("closed " + how.code()));

      assertThat(Soon.next(events)).isEqualTo("closed 1006");
    }
  }

  @Test
  void callsOnErrorThatIsRegisteredAfterTheErrorOnce() throws Exception {
    String reservedOpcode = "83 00";
    try (var met = server.meet(client, reservedOpcode)) {
      var end = Threads.call(met.client()::run);
      assertThat(met.peer().receive().closeCode()).isEqualTo(1002);
      met.peer().disconnect();
      Soon.value(end);

      met.client().onError(cause -> events.add(cause.getClass().getSimpleName()));
      met.client().onOpen(() -> events.add("open"));

      assertThat(Soon.next(events)).isEqualTo("ProtocolViolationException");
      assertThat(Soon.next(events)).isEqualTo("open");
      assertThat(events).isEmpty();
    }
  }
}
