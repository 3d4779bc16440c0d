package dev.priz.netty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.protocol.Closed;
import dev.priz.protocol.Event;
import dev.priz.protocol.Headers;
import dev.priz.protocol.Opcode;
import dev.priz.protocol.OriginPolicy;
import dev.priz.protocol.Request;
import dev.priz.protocol.Response;
import dev.priz.protocol.ServerHandshake;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Peers that take nothing for longer than the limit, shortened to 400 ms, over plain TCP and over
 * TLS.
 */
@ParameterizedClass
@MethodSource("kinds")
class StalledPeerTest {
  private static final Duration STALL = Duration.ofMillis(400);
  private static final LinkOptions OPTIONS =
      new LinkOptions(
          FakeOwner.OPTIONS.limits(),
          FakeOwner.OPTIONS.timeouts(),
          true,
          64 * 1024,
          64 << 20,
          STALL,
          1 << 20,
          null,
          new Budget(Long.MAX_VALUE));
  private static final String REQUEST =
      """
      GET / HTTP/1.1\r
      Host: localhost\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      Sec-WebSocket-Version: 13\r
      \r
      """;

  private final CompletableFuture<Link> opened = new CompletableFuture<>();
  private final CompletableFuture<Closed> closed = new CompletableFuture<>();
  private final Loops.Kind kind;

  StalledPeerTest(Loops.Kind kind) {
    this.kind = kind;
  }

  static Stream<Loops.Kind> kinds() {
    return Stream.of(Loops.Kind.values()).filter(kind -> kind.obstacle() == null);
  }

  @Test
  @DisplayName("RS-10, TL-07 a peer whose window closes is given up without noise")
  void isGivenUpWithoutNoise() throws Exception {
    assertGivenUp(null, tcp -> tcp);
  }

  @Test
  @DisplayName("RS-10, TL-07 a peer whose window closes is given up over TLS without noise")
  void isGivenUpOverTlsWithoutNoise(@TempDir Path folder) throws Exception {
    X509Bundle identity =
        new CertificateBuilder()
            .ecp256()
            .subject("CN=localhost")
            .addSanDnsName("localhost")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    Path chain = Files.writeString(folder.resolve("chain.pem"), identity.getCertificatePEM());
    Path key = Files.writeString(folder.resolve("key.pem"), identity.getPrivateKeyPEM());
    var tls =
        new Tls(
            new Tls.Identity.Pem(chain, key, null),
            Map.of(),
            null,
            false,
            false,
            false,
            Duration.ZERO);

    assertGivenUp(tls, tcp -> overTls(tcp, identity));
  }

  @Test
  void aPeerThatReadsSlowlyIsNotGivenUp() throws Exception {
    try (Loops loops = Loops.open(kind, 1, "test", true)) {
      Acceptor acceptor = listen(loops, null);
      try (var tcp = connect(acceptor)) {
        tcp.getOutputStream().write(REQUEST.getBytes(US_ASCII));
        Link link = opened.get(10, TimeUnit.SECONDS);
        link.onLoop(() -> send(link, new byte[20 << 20]));
        read(tcp.getInputStream(), 16 << 20, 1 << 20);

        assertThat(closed).isNotDone();
      } finally {
        close(acceptor);
      }
    }
  }

  // Takes at least four times the limit.
  private static void read(InputStream in, int bytes, int part) throws Exception {
    long pauseMillis = 4 * STALL.toMillis() * part / bytes;
    for (int read = 0; read < bytes; read += part) {
      assertThat(in.readNBytes(part)).hasSize(part);
      new CompletableFuture<Void>()
          .completeOnTimeout(null, pauseMillis, TimeUnit.MILLISECONDS)
          .join();
    }
  }

  private interface Layer {
    Socket over(Socket tcp) throws Exception;
  }

  private void assertGivenUp(Tls tls, Layer layer) throws Exception {
    PrintStream before = System.err;
    var log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, US_ASCII));
    try (Loops loops = Loops.open(kind, 1, "test", true)) {
      Acceptor acceptor = listen(loops, tls);
      try (var tcp = connect(acceptor)) {
        layer.over(tcp).getOutputStream().write(REQUEST.getBytes(US_ASCII));
        Link link = opened.get(10, TimeUnit.SECONDS);
        long startNanos = System.nanoTime();
        link.onLoop(() -> send(link, new byte[10 << 20]));

        assertThat(closed.get(10, TimeUnit.SECONDS).code()).isEqualTo(1013);
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos))
            .isBetween(STALL, STALL.plusSeconds(6));
      } finally {
        close(acceptor);
      }
    } finally {
      System.setErr(before);
    }
    assertThat(log.toString(US_ASCII)).isEmpty();
  }

  private static void send(Link link, byte[] message) {
    try {
      link.send(Opcode.BINARY, message);
    } catch (LinkClosedException | InterruptedException unexpected) {
      throw new AssertionError(unexpected);
    }
  }

  private static Socket connect(Acceptor acceptor) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(64 * 1024);
    socket.setSoTimeout(10_000);
    socket.connect(acceptor.address());
    return socket;
  }

  private static Socket overTls(Socket tcp, X509Bundle identity) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {identity.toTrustManager()}, null);
    var socket = (SSLSocket) context.getSocketFactory().createSocket(tcp, "localhost", 1, false);
    socket.startHandshake();
    return socket;
  }

  private Acceptor listen(Loops loops, Tls tls) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var options = FakeOwner.gate(OriginPolicy.any(), tls != null, OPTIONS);
    return Acceptor.listen(loops, address, tls, options, new Open());
  }

  private static void close(Acceptor acceptor) {
    acceptor.stopListening();
    acceptor.closeVisitors();
  }

  /** Lets everyone in. */
  private final class Open implements Reception, LinkListener {
    @Override
    public void decide(Request request, ServerHandshake handshake, Visitor visitor) {
      visitor.accept(
          null,
          Headers.EMPTY,
          link -> {
            opened.complete(link);
            return this;
          });
    }

    @Override
    public boolean servesHttp() {
      return false;
    }

    @Override
    public void refused(Request request, SocketAddress peer, Response response) {}

    @Override
    public void serve(Request request, byte[] body, Visitor visitor) {
      throw new AssertionError("serves no HTTP");
    }

    @Override
    public boolean receive(Event event) {
      return true;
    }

    @Override
    public int heldBytes() {
      return 0;
    }

    @Override
    public void took(long nanos) {}

    @Override
    public void failed(Throwable cause) {}

    @Override
    public void closed(Closed how, LinkEnd end) {
      closed.complete(how);
    }
  }
}
