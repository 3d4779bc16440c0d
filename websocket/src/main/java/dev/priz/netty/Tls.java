package dev.priz.netty;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * What is needed to speak TLS, still as files.
 *
 * @param identity this end's certificate and key, or null
 * @param trust PEM file of the certificates to trust, or null for the JDK's own
 * @param trustAnyone whether to trust every certificate of every host; for tests
 * @param requirePeer whether a server asks its clients for certificates
 * @param openSsl whether OpenSSL does the work; null for yes where it is present
 */
public record Tls(
    @Nullable Identity identity,
    @Nullable Path trust,
    boolean trustAnyone,
    boolean requirePeer,
    @Nullable Boolean openSsl) {

  /** A certificate with its key. */
  public sealed interface Identity {
    /**
     * In PEM files.
     *
     * @param chain the certificate and those that signed it
     * @param key its private key, PKCS#8
     * @param password of the key, or null
     */
    record Pem(Path chain, Path key, @Nullable String password) implements Identity {}

    /**
     * In a PKCS#12 key store.
     *
     * @param file the store
     * @param password of the store and the key
     */
    record Pkcs12(Path file, String password) implements Identity {}
  }

  /**
   * Reads the files for a server.
   *
   * @throws IllegalArgumentException if a file cannot be read or used
   */
  SslContext serverContext() {
    return build(
        "server",
        () -> {
          SslContextBuilder builder =
              switch (identity) {
                case null -> throw new IllegalArgumentException("a TLS server needs a certificate");
                case Identity.Pem pem ->
                    SslContextBuilder.forServer(
                        pem.chain().toFile(), pem.key().toFile(), pem.password());
                case Identity.Pkcs12 store -> SslContextBuilder.forServer(keys(store));
              };
          if (requirePeer) builder.clientAuth(ClientAuth.REQUIRE);
          return trusting(builder);
        });
  }

  /**
   * Reads the files for a client.
   *
   * @throws IllegalArgumentException if a file cannot be read or used
   */
  SslContext clientContext() {
    return build(
        "client",
        () -> {
          SslContextBuilder builder = SslContextBuilder.forClient();
          switch (identity) {
            case null -> {}
            case Identity.Pem pem ->
                builder.keyManager(pem.chain().toFile(), pem.key().toFile(), pem.password());
            case Identity.Pkcs12 store -> builder.keyManager(keys(store));
          }
          builder.endpointIdentificationAlgorithm(trustAnyone ? null : "HTTPS");
          return trusting(builder);
        });
  }

  private SslContextBuilder trusting(SslContextBuilder builder)
      throws IOException, GeneralSecurityException {
    if (trustAnyone) {
      builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
    } else if (trust != null) {
      builder.trustManager(trust.toFile());
    } else {
      TrustManagerFactory own =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      own.init((KeyStore) null);
      builder.trustManager(own);
    }
    return builder.sslProvider(provider());
  }

  private SslProvider provider() {
    if (Boolean.TRUE.equals(openSsl) && !OpenSsl.isAvailable()) {
      throw new IllegalArgumentException(
          "OpenSSL is not available: add netty-tcnative-boringssl-static for this platform",
          OpenSsl.unavailabilityCause());
    }
    boolean use = openSsl == null ? OpenSsl.isAvailable() : openSsl;
    // The kind without finalizers, which would run after their context has been released.
    return use ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK;
  }

  private static KeyManagerFactory keys(Identity.Pkcs12 identity) throws GeneralSecurityException {
    char[] password = identity.password().toCharArray();
    KeyStore store = load(identity.file(), password);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password);
    return keys;
  }

  private static KeyStore load(Path file, char[] password) throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, password);
      return store;
    } catch (IOException | GeneralSecurityException unusable) {
      throw new IllegalArgumentException(
          "cannot read the key store " + file + ": " + Reason.of(unusable), unusable);
    }
  }

  private interface Source {
    SslContextBuilder open() throws IOException, GeneralSecurityException;
  }

  private static SslContext build(String side, Source source) {
    try {
      return source.open().build();
    } catch (IOException | GeneralSecurityException unusable) {
      throw new IllegalArgumentException(
          "TLS " + side + " cannot start: " + unusable.getMessage(), unusable);
    }
  }
}
