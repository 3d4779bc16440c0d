package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.netty.HostResolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An attempt to connect that is given up, wherever it stands, leaves nothing behind. */
@ParameterizedClass
@MethodSource("dev.priz.Transports#working")
final class GivingUpTest {
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  private final Transport transport;

  GivingUpTest(Transport transport) {
    this.transport = transport;
  }

  /** What a server has answered when it is waited for. */
  enum Stage {
    TLS("wss", ""),
    REQUEST("ws", ""),
    RESPONSE("ws", "HTTP/1.1 101 Switching"),
    BODY("ws", "HTTP/1.1 503 Busy\r\nContent-Length: 9\r\n\r\nsome"),
    PROXY("ws", ""),
    TLS_BEHIND_PROXY("wss", "HTTP/1.1 200 OK\r\n\r\n"),
    REDIRECT("ws", "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /again\r\n\r\n");

    final String scheme;
    final String answer;

    Stage(String scheme, String answer) {
      this.scheme = scheme;
      this.answer = answer;
    }
  }

  /** Two ways to give up. */
  enum Way {
    CANCEL,
    INTERRUPT
  }

  static Stream<Arguments> everywhere() {
    return Arrays.stream(Stage.values())
        .flatMap(stage -> Arrays.stream(Way.values()).map(way -> Arguments.of(stage, way)));
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  @DisplayName("HC-20 while the server is waited for")
  void whileTheServerIsWaitedFor(Stage stage, Way way) throws Exception {
    try (var server = RawServer.listen();
        var client = client(stage, server)) {
      String address = server.address().replace("ws:", stage.scheme + ":");
      var attempt = begin(client, address, way);
      try (RawPeer peer = waitedFor(stage, server)) {
        long start = System.nanoTime();
        attempt.giveUp();

        peer.awaitEnd();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AT_ONCE);
      }
      attempt.assertGivenUp();
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  @DisplayName("HC-20 while TCP connects")
  void whileTcpConnects(Way way) throws Exception {
    try (var holes = BlackHoles.dig(3, 0);
        var client = client(host -> holes.addresses().toArray(InetAddress[]::new))) {
      var attempt = begin(client, "ws://many:" + holes.port(), way);
      holes.await(true);

      long start = System.nanoTime();
      attempt.giveUp();
      holes.await(false);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AT_ONCE);
      attempt.assertGivenUp();
      assertThat(holes.connecting()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  @DisplayName("HC-20 while the host is looked up")
  void whileTheHostIsLookedUp(Way way) throws Exception {
    var asked = new CountDownLatch(1);
    var interrupted = new CountDownLatch(1);
    HostResolver hanging =
        host -> {
          asked.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException expected) {
            interrupted.countDown();
          }
          throw new UnknownHostException(host);
        };
    try (var client = client(hanging)) {
      var attempt = begin(client, "ws://hangs:1", way);
      Soon.open(asked);

      attempt.giveUp();

      attempt.assertGivenUp();
      Soon.open(interrupted);
    }
  }

  static List<Way> ways() {
    return List.of(Way.values());
  }

  // The connection on which the client waits, after what the stage has answered.
  private static RawPeer waitedFor(Stage stage, RawServer server) throws Exception {
    RawPeer peer = server.accept();
    if (stage == Stage.TLS) {
      peer.readByte();
      return peer;
    }
    assertThat(peer.readHead()).isNotEmpty();
    peer.sendText(stage.answer);
    if (stage == Stage.TLS_BEHIND_PROXY) peer.readByte();
    if (stage != Stage.REDIRECT) return peer;
    assertThat(peer.isAtEnd()).isTrue();
    peer.close();
    RawPeer next = server.accept();
    assertThat(next.readHead()).startsWith("GET /again ");
    return next;
  }

  private WebSocketClient client(Stage stage, RawServer server) {
    WebSocketClientBuilder builder = WebSocketClient.builder().transport(transport);
    switch (stage) {
      case PROXY, TLS_BEHIND_PROXY -> builder.proxy(ProxyOptions.at("127.0.0.1", server.port()));
      case REDIRECT -> builder.followRedirects();
      case TLS, REQUEST, RESPONSE, BODY -> {}
    }
    return builder.build();
  }

  private WebSocketClient client(HostResolver resolver) {
    return WebSocketClient.builder().transport(transport).resolver(resolver).build();
  }

  private static Given begin(WebSocketClient client, String address, Way way) {
    return switch (way) {
      case CANCEL -> {
        CompletableFuture<WebSocket> future = client.connectAsync(address);
        yield new Given(() -> future.cancel(true), () -> assertThat(future).isCancelled());
      }
      case INTERRUPT -> {
        var outcome = new CompletableFuture<String>();
        Thread thread =
            Thread.ofPlatform()
                .start(() -> {
                  try {
                    client.connect(address);
                  } catch (WebSocketException expected) {
                    boolean kept = Thread.currentThread().isInterrupted();
                    outcome.complete(expected.getMessage() + " " + kept);
                  }
                });
        yield new Given(
            thread::interrupt,
            () ->
                assertThat(Soon.value(outcome))
                    .isEqualTo("interrupted while waiting to connect true"));
      }
    };
  }

  /** An attempt that can be given up. */
  private record Given(Threads.Work giving, Threads.Work assertion) {
    void giveUp() throws Exception {
      giving.run();
    }

    void assertGivenUp() throws Exception {
      assertion.run();
    }
  }
}
