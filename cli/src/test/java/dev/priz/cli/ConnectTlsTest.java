package dev.priz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.TlsOptions;
import dev.priz.WebSocketServer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectTlsTest {
  private static final String PASSWORD = "changeit";

  @TempDir private Path folder;

  @Test
  void distrustsUnknownCertificateUnlessToldNotTo() throws Exception {
    try (var server =
        WebSocketServer.at("127.0.0.1:0")
            .tls(TlsOptions.pkcs12(selfSigned(), PASSWORD))
            .callbacks("/*", ws -> ws.onText(ws::send))
            .start()) {
      Outcome distrusting = Outcome.withInput("hi\n", "connect", server.address(), "--count", "1");
      Outcome trusting =
          Outcome.withInput("hi\n", "connect", server.address(), "--count", "1", "--insecure");

      assertThat(distrusting.err()).contains("not trusted", "--insecure").hasLineCount(1);
      assertThat(distrusting.status()).isEqualTo(1);
      assertThat(trusting).isEqualTo(new Outcome(0, "hi\n", ""));
    }
  }

  private Path selfSigned() throws Exception {
    Path store = folder.resolve("server.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return store;
  }
}
