package dev.priz.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.util.ReferenceCountUtil;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** A certificate is in use until the last connection that has it has ended, and no longer. */
@ParameterizedClass
@ValueSource(booleans = {true, false})
final class ServerCertificateTest {
  private static final int UNCOUNTED = -1;

  @TempDir private Path folder;
  private final boolean openSsl;
  private ServerCertificate certificate;

  ServerCertificateTest(boolean wantsOpenSsl) {
    openSsl = wantsOpenSsl && OpenSsl.isAvailable();
  }

  @BeforeEach
  void open() throws Exception {
    renew();
    var identity =
        new Tls.Identity.Pem(folder.resolve("chain.pem"), folder.resolve("key.pem"), null);
    var tls = new Tls(identity, Map.of(), null, false, false, openSsl, Duration.ZERO);
    certificate = new ServerCertificate(tls, "example.com", identity);
  }

  @Test
  void anOldContextIsFreedWithItsLastConnection() throws Exception {
    SslContext old = certificate.context();
    SslHandler handler = newHandler();
    renew();

    assertThat(certificate.reload()).isTrue();

    assertThat(certificate.context()).isNotSameAs(old);
    assertThat(ReferenceCountUtil.refCnt(old)).isEqualTo(openSsl ? 1 : UNCOUNTED);
    ReferenceCountUtil.release(handler.engine());
    assertThat(ReferenceCountUtil.refCnt(old)).isEqualTo(openSsl ? 0 : UNCOUNTED);
    certificate.release();
  }

  @Test
  void nothingIsGivenOutAfterTheEnd() throws Exception {
    certificate.release();
    renew();

    assertThat(certificate.reload()).isFalse();
    assertThat(certificate.newHandler(UnpooledByteBufAllocator.DEFAULT)).isNull();
  }

  @Test
  void connectionsMayComeWhileItIsReplaced() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var opened =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 2_000; i++) ReferenceCountUtil.release(newHandler().engine());
              },
              threads);
      for (int i = 0; i < 20 || !opened.isDone(); i++) {
        renew();
        assertThat(certificate.reload()).isTrue();
      }
      opened.join();
    }
    certificate.release();
  }

  private SslHandler newHandler() {
    SslHandler handler = certificate.newHandler(UnpooledByteBufAllocator.DEFAULT);
    assertThat(handler).isNotNull();
    return handler;
  }

  private void renew() throws Exception {
    var bundle =
        new CertificateBuilder()
            .ecp256()
            .subject("CN=localhost")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    Files.writeString(folder.resolve("chain.pem"), bundle.getCertificatePathPEM());
    Files.writeString(folder.resolve("key.pem"), bundle.getPrivateKeyPEM());
  }
}
