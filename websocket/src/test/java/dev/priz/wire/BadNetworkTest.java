package dev.priz.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.TlsOptions;
import dev.priz.WebSocket;
import dev.priz.WebSocketClient;
import dev.priz.WebSocketException;
import dev.priz.WebSocketServer;
import dev.priz.fault.FaultProxy;
import dev.priz.fault.Flow;
import dev.priz.protocol.Binary;
import dev.priz.protocol.Text;
import dev.priz.protocol.Timeouts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Our client and our server with a bad network between them, plain and over TLS. */
@ParameterizedClass(name = "TLS: {0}")
@ValueSource(booleans = {false, true})
final class BadNetworkTest {
  @TempDir private static Path folder;

  @Parameter private boolean tls;
  // Of each connection that the server has had.
  private final List<Events> serversEvents = new CopyOnWriteArrayList<>();
  private final Events atClient = new Events();
  // A reset right behind other bytes may go unnoticed for a while on io_uring.
  private Timeouts timeouts =
      Timeouts.DEFAULT
          .handshake(Duration.ofMillis(500))
          .keepAlive(Duration.ofMillis(300), Duration.ofMillis(300))
          .closing(Duration.ofSeconds(1), Duration.ofMillis(50));
  private @Nullable TlsOptions identity;
  private WebSocketServer server;
  private WebSocketClient client;
  private FaultProxy network;

  @BeforeEach
  void open() throws Exception {
    if (tls) identity = new Certificates(folder).localhost().pem();
    start();
  }

  @AfterEach
  void close() {
    client.close();
    network.close();
    server.stop(Duration.ZERO);
  }

  @Test
  @DisplayName("TL-01 the client's bytes end in a reset, at any of them")
  void theClientsBytesEndInAReset() throws Exception {
    assertOneEndEach(position -> network.fromClient(Flow.CLEAN.resetAt(position)));
  }

  @Test
  @DisplayName("TL-01 the server's bytes end in a reset, at any of them")
  void theServersBytesEndInAReset() throws Exception {
    assertOneEndEach(position -> network.fromServer(Flow.CLEAN.resetAt(position)));
  }

  @Test
  @DisplayName("TL-02 the client's bytes end in a FIN, at any of them")
  void theClientsBytesEndInAFin() throws Exception {
    assertOneEndEach(position -> network.fromClient(Flow.CLEAN.finAt(position)));
  }

  @Test
  @DisplayName("TL-02 the server's bytes end in a FIN, at any of them")
  void theServersBytesEndInAFin() throws Exception {
    assertOneEndEach(position -> network.fromServer(Flow.CLEAN.finAt(position)));
  }

  @Test
  @DisplayName("Segments of one byte, late and slow, change nothing")
  void segmentsOfOneByteChangeNothing() throws Exception {
    timeouts = Timeouts.DEFAULT;
    restart();
    network
        .fromClient(Flow.CLEAN.inSegmentsOf(1).delayedBy(Duration.ofMillis(50)))
        .fromServer(Flow.CLEAN.inSegmentsOf(1).atMost(20_000));

    try (WebSocket ws = client.connect(address())) {
      for (int i = 0; i < 20; i++) ws.send("message " + i + ".".repeat(1 + 10 * i));

      for (int i = 0; i < 20; i++) {
        assertThat(ws.receive().text()).startsWith("message " + i + ".");
      }
    }
  }

  @Test
  @DisplayName("A wrong byte in TLS ends the connection and is never delivered")
  void aWrongByteInTlsIsNeverDelivered() throws Exception {
    if (!tls) return;
    for (int position = 1_500; position < 2_900; position += 61) {
      network.fromClient(Flow.CLEAN.corruptAt(position));
      converse();
    }

    server.stop(Duration.ofSeconds(5));
    assertThat(Stream.concat(Stream.of(atClient), serversEvents.stream()).map(Events::rest))
        .allSatisfy(seen ->
            assertThat(seen)
                .allMatch(it -> it.matches("open|error|text (Hello|bye)|close (1006|1011|1000)")));
  }

  @Test
  @DisplayName("TL-16 the default ping of 25 s keeps what a proxy would cut after 60 s")
  void pingsKeepWhatAProxyWouldCut() throws Exception {
    assertThat(Timeouts.DEFAULT.pingInterval()).isEqualTo(Duration.ofSeconds(25));
    timeouts = Timeouts.DEFAULT.keepAlive(Duration.ofSeconds(2), Duration.ofSeconds(20));
    restart();
    // In the same proportion.
    network.cutsIdleAfter(Duration.ofMillis(4_800));

    try (WebSocket ws = client.connect(address(), atClient::watch)) {
      assertThat(atClient.next()).isEqualTo("open");
      assertThat(ended(ws, Duration.ofSeconds(8))).isFalse();

      ws.send("Hello");
      assertThat(atClient.next()).isEqualTo("text Hello");
    }
  }

  @Test
  @DisplayName("TL-16 without pings such a proxy does cut")
  void withoutPingsAProxyCuts() throws Exception {
    timeouts = Timeouts.DEFAULT.keepAlive(Duration.ZERO, Duration.ofSeconds(20));
    restart();
    network.cutsIdleAfter(Duration.ofSeconds(2));

    client.connect(address(), atClient::watch);

    assertThat(atClient.toClose()).startsWith("open").endsWith("close 1006");
    assertThat(serversEvents.getFirst().toClose()).startsWith("open").endsWith("close 1006");
  }

  @Test
  @DisplayName("TL-07 a client whose window closes is given up, and others are not")
  void aClientWhoseWindowClosesIsGivenUp() throws Exception {
    timeouts = Timeouts.DEFAULT;
    restart();
    network.fromServer(Flow.CLEAN.frozenAt(3_000));
    client.connect(address(), ws -> {});
    WebSocket frozen = server.connections().iterator().next();
    try (var others = WebSocketClient.builder().tls(TlsOptions.CLIENT.insecure()).build();
        WebSocket other = others.connect(address(server.port()))) {
      // More than the operating system takes, which may be 32 MiB at each end.
      var message = new Binary(Wire.bytes(256 * 1024));
      for (int i = 0; i < 1_000; i++) {
        if (frozen.sendAsync(message).toCompletableFuture().isCompletedExceptionally()) break;
        server.connections().stream()
            .filter(ws -> ws != frozen)
            .forEach(ws -> ws.sendAsync(message));
        assertThat(other.receive()).isEqualTo(message);
      }

      // Ten seconds without progress.
      assertThat(frozen.whenClosed().toCompletableFuture().get(30, TimeUnit.SECONDS).code())
          .isEqualTo(1013);
      other.send("Hello");
      assertThat(other.receive().text()).isEqualTo("Hello");
    }
  }

  private static boolean ended(WebSocket ws, Duration within) throws Exception {
    return ws.whenClosed()
        .toCompletableFuture()
        .thenApply(closed -> true)
        .completeOnTimeout(false, within.toMillis(), TimeUnit.MILLISECONDS)
        .get();
  }

  // Each side that has opened closes once; with 1000 only if it has seen a Close, and with 1011 if
  // only keep-alive could tell.
  private void assertOneEndEach(IntConsumer fault) throws Exception {
    try (var log = LogCapture.start()) {
      // All of it takes about 600 bytes each way, and 3,500 more with TLS.
      int step = tls ? 122 : 22;
      for (int position = 0; position < 40 * step; position += step) {
        fault.accept(position);
        boolean opened = converse();
        String seen = String.join(", ", withoutErrors(atClient));
        assertThat(seen)
            .as("the client's, cut at %d", position)
            .matches(
                opened
                    ? "open, (text Hello, )?close (1006|1011)|open, text Hello, close 1000"
                    : "");
      }
      client.close();
      server.stop(Duration.ofSeconds(5));

      assertThat(serversEvents).isNotEmpty();
      assertThat(serversEvents.stream().map(BadNetworkTest::withoutErrors))
          .map(seen -> String.join(", ", seen))
          .allMatch(seen ->
              seen.matches(
                  "open, (text Hello, )?close (1006|1011)"
                      + "|open, text Hello, text bye, close (1000|1006|1011)"));
      assertThat(log.text()).isEmpty();
    }
  }

  private static List<String> withoutErrors(Events events) {
    List<String> seen = new ArrayList<>(events.rest());
    seen.removeIf("error"::equals);
    return seen;
  }

  // The client says Hello, hears it, says bye, and the server closes.
  private boolean converse() throws InterruptedException {
    try {
      WebSocket ws =
          client.connect(
              address(),
              opened -> {
                atClient.watch(opened);
                opened.onText(text -> {
                  atClient.add("text " + text);
                  opened.sendAsync(new Text("bye"));
                });
                opened.onOpen(() -> opened.sendAsync(new Text("Hello")));
              });
      assertThat(ended(ws, Duration.ofSeconds(10))).isTrue();
      return true;
    } catch (WebSocketException lostEarly) {
      return false;
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  private void restart() {
    close();
    start();
  }

  private void start() {
    // What is compressed would be too little to close a window.
    var builder = WebSocketServer.at("127.0.0.1:0").timeouts(timeouts).deflate(null).threads(1);
    if (identity != null) builder.tls(identity);
    server = builder.callbacks("/", this::answer).start();
    network = FaultProxy.to(server.port());
    client = WebSocketClient.builder().timeouts(timeouts).tls(TlsOptions.CLIENT.insecure()).build();
  }

  private void answer(WebSocket ws) {
    var atServer = new Events();
    serversEvents.add(atServer);
    atServer.watch(ws);
    ws.onText(text -> {
      atServer.add("text " + text);
      if (text.equals("bye")) {
        ws.closeAsync(1000, "");
      } else {
        ws.sendAsync(new Text(text));
      }
    });
  }

  private String address() {
    return address(network.port());
  }

  private String address(int port) {
    return (tls ? "wss" : "ws") + "://127.0.0.1:" + port + "/";
  }
}
