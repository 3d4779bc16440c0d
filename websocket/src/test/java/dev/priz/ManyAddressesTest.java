package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.netty.HostResolver;
import dev.priz.protocol.Timeouts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Hosts with none, one and many addresses, most of which do not answer (RFC 8305). */
@ParameterizedClass
@MethodSource("dev.priz.Transports#working")
final class ManyAddressesTest {
  private final Transport transport;
  private WebSocketServer server;

  ManyAddressesTest(Transport transport) {
    this.transport = transport;
  }

  @BeforeEach
  void start() {
    server = serverAt("127.0.0.1:0");
  }

  @AfterEach
  void stop() {
    server.stop(Duration.ofSeconds(5));
  }

  @Test
  @DisplayName("HC-19 a host without addresses is unknown")
  void aHostWithoutAddressesIsUnknown() {
    try (var client = client(host -> new InetAddress[0])) {
      assertThatThrownBy(() -> client.connect("ws://many:1"))
          .isInstanceOf(WebSocketException.class)
          .hasMessage("cannot connect to ws://many:1/: unknown host");
    }
    try (var client =
        client(host -> {
          throw new UnknownHostException(host);
        })) {
      assertThatThrownBy(() -> client.connect("ws://many:1")).hasMessageEndingWith("unknown host");
    }
  }

  @Test
  @DisplayName("HC-19 a host with one address")
  void aHostWithOneAddress() throws Exception {
    try (var client = client(resolver(List.of(BlackHoles.address(1))))) {
      assertGreeted(client, server.port());
    }
  }

  @Test
  @DisplayName("HC-19 the second address is tried after 250 ms, and the first attempt closed")
  void theSecondAddressIsTriedAfterAWhile() throws Exception {
    try (var holes = BlackHoles.dig(1, server.port());
        var client = client(resolver(holes.addresses(), BlackHoles.address(1)))) {
      long start = System.nanoTime();

      assertGreeted(client, server.port());

      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isGreaterThanOrEqualTo(Duration.ofMillis(250));
      holes.await(false);
    }
  }

  @Test
  @DisplayName("HC-19 forty-nine of fifty addresses do not answer")
  void fortyNineOfFiftyAddressesDoNotAnswer() throws Exception {
    try (var holes = BlackHoles.dig(49, server.port());
        var client = client(resolver(holes.addresses(), BlackHoles.address(1)))) {
      assertGreeted(client, server.port());

      holes.await(false);
    }
  }

  @Test
  @DisplayName("HC-19 the next address is tried at once when one refuses")
  void theNextAddressIsTriedAtOnceWhenOneRefuses() throws Exception {
    List<InetAddress> closed = new ArrayList<>();
    for (int i = 2; i <= 50; i++) closed.add(BlackHoles.address(i));
    try (var client = client(resolver(closed, BlackHoles.address(1)))) {
      long start = System.nanoTime();

      assertGreeted(client, server.port());

      // With the least delay of 100 ms before each it would be 4.9 s.
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    }
  }

  @Test
  @DisplayName("HC-19 IPv6 and IPv4 are tried in turn")
  void ipv6AndIpv4AreTriedInTurn() throws Exception {
    InetAddress six = HostResolver.literal("::1");
    try (var onSix = serverAt("[::1]:0");
        var holes = BlackHoles.dig(40, onSix.port());
        var client = client(resolver(holes.addresses(), six))) {
      long start = System.nanoTime();

      assertGreeted(client, onSix.port());

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
      holes.await(false);
    }
  }

  @Test
  @DisplayName("HC-19 one deadline for all, after which nothing is left open")
  void oneDeadlineForAll() throws Exception {
    try (var holes = BlackHoles.dig(10, 0);
        var client = client(resolver(holes.addresses()), Duration.ofMillis(700))) {
      String address = "ws://many:" + holes.port();

      assertThatThrownBy(() -> client.connect(address))
          .isInstanceOf(WebSocketException.class)
          .hasMessage("cannot connect to " + address + "/: connection timed out")
          .hasCauseInstanceOf(IOException.class);
      holes.await(false);
    }
  }

  @Test
  @DisplayName("HC-19 where all refuse, that is said, and each failure is attached")
  void whereAllRefuse() throws Exception {
    try (var client = client(resolver(List.of(BlackHoles.address(2), BlackHoles.address(3))))) {
      assertThatThrownBy(() -> client.connect("ws://many:" + server.port()))
          .hasMessageEndingWith(": connection refused")
          .satisfies(thrown -> assertThat(thrown.getCause().getSuppressed()).hasSize(1));
    }
  }

  @Test
  @DisplayName("HC-19 a lookup that hangs holds neither the event loop nor the deadline")
  void aLookupThatHangs() throws Exception {
    var interrupted = new CountDownLatch(1);
    HostResolver hanging =
        host -> {
          if (host.equals("other")) return new InetAddress[] {InetAddress.getLoopbackAddress()};
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException expected) {
            interrupted.countDown();
          }
          throw new UnknownHostException(host);
        };
    try (var client = client(hanging, Duration.ofSeconds(1))) {
      var stuck = client.connectAsync("ws://hangs:1");

      try (var ws = client.connect("ws://other:" + server.port())) {
        assertThat(ws.receive().text()).isEqualTo("Hello");
      }
      assertThat(Soon.failure(stuck))
          .hasMessageEndingWith("the host hangs was not looked up within PT1S");
      Soon.open(interrupted);
    }
  }

  @Test
  @DisplayName("HC-19 more addresses than are tried")
  void moreAddressesThanAreTried() throws Exception {
    List<InetAddress> closed = new ArrayList<>();
    for (int i = 2; i <= 65; i++) closed.add(BlackHoles.address(i));
    try (var client = client(resolver(closed, BlackHoles.address(1)))) {
      assertThatThrownBy(() -> client.connect("ws://many:" + server.port()))
          .hasMessageEndingWith(": connection refused");
    }
  }

  private static void assertGreeted(WebSocketClient client, int port) {
    try (WebSocket ws = client.connect("ws://many:" + port)) {
      assertThat(ws.receive().text()).isEqualTo("Hello");
    }
  }

  private static WebSocketServer serverAt(String address) {
    return WebSocketServer.at(address).callbacks("/", ws -> ws.send("Hello")).start();
  }

  private static HostResolver resolver(List<InetAddress> first, InetAddress... then) {
    List<InetAddress> all = new ArrayList<>(first);
    all.addAll(List.of(then));
    return host -> all.toArray(InetAddress[]::new);
  }

  private WebSocketClient client(HostResolver resolver) {
    return client(resolver, Duration.ofSeconds(10));
  }

  private WebSocketClient client(HostResolver resolver, Duration patience) {
    return WebSocketClient.builder()
        .transport(transport)
        .timeouts(Timeouts.DEFAULT.handshake(patience))
        .resolver(resolver)
        .build();
  }
}
