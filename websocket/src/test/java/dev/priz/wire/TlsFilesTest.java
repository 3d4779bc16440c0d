package dev.priz.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.TlsOptions;
import dev.priz.WebSocketClient;
import dev.priz.WebSocketServer;
import java.nio.file.Path;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;

/** Files of certificates and keys that cannot be used: the exception names the file. */
final class TlsFilesTest extends TlsFixture {
  @Test
  void missingChain() {
    Path missing = certificates.file("missing-chain.pem");

    assertNames(missing, TlsOptions.pem(missing, localhost.key()));
  }

  @Test
  void missingKey() {
    Path missing = certificates.file("missing-key.pem");

    assertNames(missing, TlsOptions.pem(localhost.chain(), missing));
  }

  @Test
  void chainThatIsNone() throws Exception {
    Path garbage = certificates.write("garbage-chain.pem", "not a certificate");

    assertNames(garbage, TlsOptions.pem(garbage, localhost.key()));
  }

  @Test
  void keyThatIsNone() throws Exception {
    Path garbage = certificates.write("garbage-key.pem", "not a key");

    assertNames(garbage, TlsOptions.pem(localhost.chain(), garbage));
  }

  @Test
  void missingStore() {
    Path missing = certificates.file("missing.p12");

    assertNames(missing, TlsOptions.pkcs12(missing, Certificates.PASSWORD));
  }

  @Test
  void storeWithAnotherPassword() throws Exception {
    Path store = localhost.pkcs12(certificates.file("store.p12"));

    assertNames(store, TlsOptions.pkcs12(store, "wrong"));
  }

  @Test
  void storeThatIsNone() throws Exception {
    Path garbage = certificates.write("garbage.p12", "not a store");

    assertNames(garbage, TlsOptions.pkcs12(garbage, Certificates.PASSWORD));
  }

  @Test
  void missingTrust() {
    Path missing = certificates.file("missing-trust.pem");

    assertNames(missing, localhost.pem().trust(missing));
  }

  @Test
  void trustThatIsNone() throws Exception {
    Path garbage = certificates.write("garbage-trust.pem", "not a certificate");

    assertNames(garbage, localhost.pem().trust(garbage));
  }

  @Test
  void serverWithoutACertificate() {
    assertThatThrownBy(() -> start(TlsOptions.CLIENT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a TLS server needs a certificate");
  }

  @Test
  void keyWithAPassword() throws Exception {
    Path key = encryptedKey("secret");

    start(TlsOptions.pem(localhost.chain(), key, "secret")).close();
    assertNames(key, TlsOptions.pem(localhost.chain(), key, "wrong"));
    assertNames(key, TlsOptions.pem(localhost.chain(), key));
  }

  private void assertNames(Path file, TlsOptions tls) {
    assertThatThrownBy(() -> start(tls).close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file.toString());
    assertThatThrownBy(() -> WebSocketClient.builder().tls(tls.provider(provider)).build().close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file.toString());
  }

  private WebSocketServer start(TlsOptions tls) {
    return WebSocketServer.at("127.0.0.1:0").tls(tls.provider(provider)).start();
  }

  private static Path encryptedKey(String password) throws Exception {
    String algorithm = "PBEWithSHA1AndDESede";
    Cipher cipher = Cipher.getInstance(algorithm);
    cipher.init(
        Cipher.ENCRYPT_MODE,
        SecretKeyFactory.getInstance(algorithm)
            .generateSecret(new PBEKeySpec(password.toCharArray())));
    byte[] sealed = cipher.doFinal(localhost.bundle().getKeyPair().getPrivate().getEncoded());
    byte[] encoded = new EncryptedPrivateKeyInfo(cipher.getParameters(), sealed).getEncoded();
    String content = Base64.getMimeEncoder().encodeToString(encoded);
    assertThat(content).isNotEmpty();
    return certificates.write(
        "encrypted.pem",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
            + content
            + "\n-----END ENCRYPTED PRIVATE KEY-----\n");
  }
}
