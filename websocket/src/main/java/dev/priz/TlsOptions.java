package dev.priz;

import dev.priz.netty.Tls;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How to speak TLS: as a server with a certificate, as a client perhaps with one of its own. Files
 * are read when the server starts or the client is built. Immutable.
 */
public final class TlsOptions {
  /**
   * For clients: the JDK's trusted certificates, host names verified, no certificate of one's own.
   */
  public static final TlsOptions CLIENT = new TlsOptions(new Tls(null, null, false, false, null));

  private final Tls tls;

  private TlsOptions(Tls tls) {
    this.tls = tls;
  }

  /** Who does the work. */
  public enum Provider {
    /** The JDK. */
    JDK,
    /** OpenSSL, as BoringSSL; needs {@code netty-tcnative-boringssl-static} for this platform. */
    OPENSSL
  }

  /**
   * TLS with a certificate of one's own, in PEM files.
   *
   * @param chain the certificate, followed by those that signed it
   * @param key its private key in PKCS#8, without a password
   */
  public static TlsOptions pem(Path chain, Path key) {
    return CLIENT.identity(new Tls.Identity.Pem(chain, key, null));
  }

  /**
   * TLS with a certificate of one's own, in PEM files.
   *
   * @param chain the certificate, followed by those that signed it
   * @param key its private key in PKCS#8
   * @param password of the key
   */
  public static TlsOptions pem(Path chain, Path key, String password) {
    return CLIENT.identity(new Tls.Identity.Pem(chain, key, password));
  }

  /**
   * TLS with a certificate of one's own, in a PKCS#12 key store.
   *
   * @param password of the store and the key in it
   */
  public static TlsOptions pkcs12(Path store, String password) {
    return CLIENT.identity(new Tls.Identity.Pkcs12(store, password));
  }

  /**
   * These options, trusting the certificates of a PEM file, and those they signed, instead of the
   * JDK's.
   */
  public TlsOptions trust(Path certificates) {
    return new TlsOptions(
        new Tls(tls.identity(), certificates, false, tls.requirePeer(), tls.openSsl()));
  }

  /**
   * These options for a server that lets in only clients with a trusted certificate (mutual TLS).
   */
  public TlsOptions requireClientCertificate() {
    return new TlsOptions(new Tls(tls.identity(), tls.trust(), false, true, tls.openSsl()));
  }

  /**
   * These options for a client that trusts anyone, whatever the certificate and the host name; for
   * tests only.
   */
  public TlsOptions insecure() {
    return new TlsOptions(
        new Tls(tls.identity(), tls.trust(), true, tls.requirePeer(), tls.openSsl()));
  }

  /**
   * These options with a fixed provider instead of OpenSSL where it is present and the JDK
   * elsewhere.
   */
  public TlsOptions provider(Provider provider) {
    boolean openSsl = provider == Provider.OPENSSL;
    return new TlsOptions(
        new Tls(tls.identity(), tls.trust(), tls.trustAnyone(), tls.requirePeer(), openSsl));
  }

  Tls tls() {
    return tls;
  }

  private TlsOptions identity(Tls.@Nullable Identity identity) {
    return new TlsOptions(
        new Tls(identity, tls.trust(), tls.trustAnyone(), tls.requirePeer(), tls.openSsl()));
  }
}
