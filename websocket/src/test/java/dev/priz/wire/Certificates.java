package dev.priz.wire;

import dev.priz.TlsOptions;
import io.netty.handler.ssl.OpenSsl;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.KeyUsage;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/** Certificates made for one test, in files of a folder. */
final class Certificates {
  static final String PASSWORD = "changeit";

  private final Path folder;
  private final X509Bundle authority;

  /** An authority and its certificate in {@code ca.pem}. */
  Certificates(Path folder) throws Exception {
    this.folder = folder;
    authority = authority("Test CA");
    write("ca.pem", authority.getCertificatePEM());
  }

  /** The providers that work on this machine; the JDK's always does. */
  static List<TlsOptions.Provider> providers() {
    return OpenSsl.isAvailable()
        ? List.of(TlsOptions.Provider.values())
        : List.of(TlsOptions.Provider.JDK);
  }

  Path authorityFile() {
    return file("ca.pem");
  }

  /** A certificate for localhost and 127.0.0.1, signed by the authority. */
  Identity localhost() throws Exception {
    return signed("localhost", certificate -> certificate.addSanIpAddress("127.0.0.1"));
  }

  /** A certificate signed by the authority, for a host and what a change adds. */
  Identity signed(String host, UnaryOperator<CertificateBuilder> change) throws Exception {
    return write(change.apply(builder(host)).buildIssuedBy(authority));
  }

  /** A certificate for localhost, signed by an authority that nobody knows. */
  Identity signedByStranger() throws Exception {
    return write(builder("localhost").buildIssuedBy(authority("Stranger")));
  }

  /** A certificate for localhost, signed by itself. */
  Identity selfSigned() throws Exception {
    return write(builder("localhost").setIsCertificateAuthority(true).buildSelfSigned());
  }

  /** A certificate for localhost that was good until yesterday. */
  Identity expired() throws Exception {
    Instant now = Instant.now();
    return signed(
        "localhost",
        certificate ->
            certificate
                .notBefore(now.minus(Duration.ofDays(9)))
                .notAfter(now.minus(Duration.ofDays(1))));
  }

  Path write(String name, String content) throws IOException {
    return Files.writeString(file(name), content);
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** A certificate and its key, in files. */
  record Identity(Path chain, Path key, X509Bundle bundle) {
    TlsOptions pem() {
      return TlsOptions.pem(chain, key);
    }

    /** The same in a PKCS#12 store. */
    Path pkcs12(Path file) throws Exception {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "it",
          bundle.getKeyPair().getPrivate(),
          PASSWORD.toCharArray(),
          bundle.getCertificatePath());
      try (OutputStream out = Files.newOutputStream(file)) {
        store.store(out, PASSWORD.toCharArray());
      }
      return file;
    }
  }

  private Identity write(X509Bundle bundle) throws IOException {
    Path chain = Files.createTempFile(folder, "chain", ".pem");
    Path key = Files.createTempFile(folder, "key", ".pem");
    Files.writeString(chain, bundle.getCertificatePathPEM());
    Files.writeString(key, bundle.getPrivateKeyPEM());
    return new Identity(chain, key, bundle);
  }

  private static CertificateBuilder builder(String host) {
    return new CertificateBuilder().ecp256().subject("CN=" + host).addSanDnsName(host);
  }

  private static X509Bundle authority(String name) throws Exception {
    return new CertificateBuilder()
        .ecp256()
        .subject("CN=" + name)
        .setIsCertificateAuthority(true)
        .setKeyUsage(true, KeyUsage.keyCertSign, KeyUsage.cRLSign)
        .buildSelfSigned();
  }
}
