package dev.priz.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.TlsOptions;
import dev.priz.WebSocketClient;
import dev.priz.WebSocketException;
import dev.priz.WebSocketServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server's certificate is replaced while it runs. */
final class TlsReloadTest extends TlsFixture {
  private static final Duration OFTEN = Duration.ofMillis(20);

  @TempDir private Path live;
  private Path chain;
  private Path key;

  @BeforeEach
  void installTheFirst() throws Exception {
    chain = live.resolve("chain.pem");
    key = live.resolve("key.pem");
    install(certificates.signed("first", c -> c));
  }

  @Test
  void newConnectionsGetTheNewOneAndOthersGoOn() throws Exception {
    try (var log = LogCapture.start();
        var server = start(OFTEN);
        var client = client();
        var before = client.connect("wss://127.0.0.1:" + server.port())) {
      install(certificates.signed("second", c -> c));

      awaitShown(server, "second");

      before.send("still here");
      assertThat(before.receive().text()).isEqualTo("still here");
      try (var after = client.connect("wss://127.0.0.1:" + server.port())) {
        after.send("new");
        assertThat(after.receive().text()).isEqualTo("new");
      }
      // It may have looked when only one of the files was there.
      assertThat(log.text()).doesNotContain("ERROR");
    }
  }

  @Test
  void aHalfWrittenPairKeepsTheOldOneAndIsToldOnce() throws Exception {
    var second = certificates.signed("second", c -> c);
    try (var log = LogCapture.start();
        var server = start(OFTEN)) {
      Files.copy(second.chain(), chain, StandardCopyOption.REPLACE_EXISTING);
      String warning =
          "TLS certificate (default) stays as it was: the key in "
              + key
              + " is not that of the certificate in "
              + chain;
      awaitLogged(log, warning);
      assertThatThrownBy(server::reloadTls).isInstanceOf(WebSocketException.class);
      assertThat(Handshakes.shown(server, null)).hasToString("CN=first");

      Files.copy(second.key(), key, StandardCopyOption.REPLACE_EXISTING);
      awaitShown(server, "second");

      assertThat(log.text()).containsOnlyOnce("WARN").containsOnlyOnce(warning);
    }
  }

  @Test
  void aSwappedLinkIsSeen() throws Exception {
    Path link = live.resolve("..data");
    Path mounted = live.resolve("mounted");
    Files.createSymbolicLink(link, folderWith("v1", "first"));
    Files.createSymbolicLink(mounted, link);
    var tls = TlsOptions.pem(mounted.resolve("chain.pem"), mounted.resolve("key.pem"));
    try (var server = start(tls.reloadEvery(OFTEN))) {
      // As Kubernetes does: the rename is atomic, and no file's own time tells of it.
      Path next = Files.createSymbolicLink(live.resolve("..tmp"), folderWith("v2", "second"));
      Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);

      awaitShown(server, "second");
    }
  }

  @Test
  void theContentCountsNotTheTime() throws Exception {
    FileTime time = Files.getLastModifiedTime(chain);
    try (var server = start(Duration.ZERO)) {
      install(certificates.signed("again", c -> c));
      Files.setLastModifiedTime(chain, time);
      Files.setLastModifiedTime(key, time);

      assertThat(server.reloadTls()).isTrue();

      Files.setLastModifiedTime(chain, FileTime.fromMillis(0));
      assertThat(server.reloadTls()).isFalse();
    }
  }

  @Test
  void reloadTlsTellsWhatIsWrong() throws Exception {
    try (var log = LogCapture.start();
        var server = start(Duration.ZERO)) {
      assertThat(server.reloadTls()).isFalse();
      Files.delete(key);

      assertThatThrownBy(server::reloadTls)
          .isInstanceOf(WebSocketException.class)
          .hasMessageContaining(key.toString());
      assertThat(Handshakes.shown(server, null)).hasToString("CN=first");
      assertThat(log.text()).containsOnlyOnce("WARN");

      install(certificates.signed("second", c -> c));
      assertThat(server.reloadTls()).isTrue();
      assertThat(Handshakes.shown(server, null)).hasToString("CN=second");
    }
  }

  @Test
  void zeroLooksOnlyWhenAsked() throws Exception {
    try (var server = start(Duration.ZERO)) {
      install(certificates.signed("second", c -> c));

      assertThat(Handshakes.shown(server, null)).hasToString("CN=first");
      assertThat(server.reloadTls()).isTrue();
      assertThat(Handshakes.shown(server, null)).hasToString("CN=second");
    }
  }

  @Test
  void keyStoresAreReplacedToo() throws Exception {
    Path store = certificates.signed("first", c -> c).pkcs12(live.resolve("store.p12"));
    var tls = TlsOptions.pkcs12(store, Certificates.PASSWORD);
    try (var server = start(tls.reloadEvery(OFTEN))) {
      Path next = certificates.signed("second", c -> c).pkcs12(live.resolve("next.p12"));
      Files.move(next, store, StandardCopyOption.ATOMIC_MOVE);

      awaitShown(server, "second");
    }
  }

  @Test
  void whoIsTrustedIsReplacedToo() throws Exception {
    Path trust = live.resolve("trust.pem");
    Files.copy(certificates.signedByStranger().chain(), trust);
    try (var server = start(TlsOptions.pem(chain, key).trust(trust).requireClientCertificate());
        var client =
            WebSocketClient.builder().tls(localhost.pem().insecure().provider(provider)).build()) {
      assertThatThrownBy(() -> client.connect("wss://127.0.0.1:" + server.port()))
          .isInstanceOf(WebSocketException.class);
      Files.copy(certificates.authorityFile(), trust, StandardCopyOption.REPLACE_EXISTING);

      assertThat(server.reloadTls()).isTrue();

      client.connect("wss://127.0.0.1:" + server.port()).close();
    }
  }

  @Test
  void connectionsOutliveManyReplacements() throws Exception {
    try (var server = start(Duration.ZERO);
        var client = client();
        var first = client.connect("wss://127.0.0.1:" + server.port())) {
      for (int i = 0; i < 20; i++) {
        install(certificates.signed("number" + i, c -> c));
        assertThat(server.reloadTls()).isTrue();
        try (var ws = client.connect("wss://127.0.0.1:" + server.port())) {
          ws.send("hello");
          assertThat(ws.receive().text()).isEqualTo("hello");
        }
      }
      first.send("hello");
      assertThat(first.receive().text()).isEqualTo("hello");
    }
  }

  @Test
  void aPlainServerHasNothingToReload() {
    try (var server = WebSocketServer.listen("127.0.0.1:0")) {
      assertThatThrownBy(server::reloadTls)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the server does not speak TLS");
    }
  }

  @Test
  void theIntervalIsNotNegative() {
    TlsOptions tls = localhost.pem();

    assertThatThrownBy(() -> tls.reloadEvery(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("interval is PT-1S, the least is zero");
  }

  private void install(Certificates.Identity identity) throws Exception {
    Files.copy(identity.key(), key, StandardCopyOption.REPLACE_EXISTING);
    Files.copy(identity.chain(), chain, StandardCopyOption.REPLACE_EXISTING);
  }

  private Path folderWith(String name, String host) throws Exception {
    Path folder = Files.createDirectory(live.resolve(name));
    var identity = certificates.signed(host, c -> c);
    Files.copy(identity.chain(), folder.resolve("chain.pem"));
    Files.copy(identity.key(), folder.resolve("key.pem"));
    return folder;
  }

  // Nobody announces it, so new connections have to ask.
  private static void awaitShown(WebSocketServer server, String host) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!Handshakes.shown(server, null).getName().equals("CN=" + host)) {
      assertThat(System.nanoTime()).as("never shown: " + host).isLessThan(deadline);
    }
  }

  private static void awaitLogged(LogCapture log, String words) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!log.text().contains(words)) {
      assertThat(System.nanoTime()).as("never logged: " + words).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private WebSocketServer start(Duration interval) {
    return start(TlsOptions.pem(chain, key).reloadEvery(interval));
  }

  private WebSocketServer start(TlsOptions tls) {
    return WebSocketServer.at("127.0.0.1:0")
        .tls(tls.provider(provider))
        .callbacks("/", ws -> ws.onText(ws::send))
        .start();
  }

  private WebSocketClient client() {
    return WebSocketClient.builder().tls(TlsOptions.CLIENT.insecure().provider(provider)).build();
  }
}
