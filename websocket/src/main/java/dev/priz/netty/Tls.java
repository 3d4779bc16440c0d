package dev.priz.netty;

import io.netty.channel.Channel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is needed to speak TLS, still as files.
 *
 * @param identity this end's certificate and key, or null
 * @param hosts a server's other certificates, by the host names that clients ask for: in lower
 *     case, with a wildcard as {@code *.example.com}
 * @param trust PEM file of the certificates to trust, or null for the JDK's own
 * @param trustAnyone whether to trust every certificate of every host; for tests
 * @param requirePeer whether a server asks its clients for certificates
 * @param openSsl whether OpenSSL does the work; null for yes where it is present
 * @param reloadEvery how often a server looks whether files have changed; zero for never
 */
public record Tls(
    @Nullable Identity identity,
    Map<String, Identity> hosts,
    @Nullable Path trust,
    boolean trustAnyone,
    boolean requirePeer,
    @Nullable Boolean openSsl,
    Duration reloadEvery) {
  private static final String[] NO_PROTOCOLS = {};

  /** A certificate with its key. */
  public sealed interface Identity {
    /**
     * In PEM files.
     *
     * @param chain the certificate and those that signed it
     * @param key its private key, PKCS#8
     * @param password of the key, or null
     */
    record Pem(Path chain, Path key, @Nullable String password) implements Identity {
      @Override
      public String toString() {
        return chain.toString();
      }
    }

    /**
     * In a PKCS#12 key store.
     *
     * @param file the store
     * @param password of the store and the key
     */
    record Pkcs12(Path file, String password) implements Identity {
      @Override
      public String toString() {
        return file.toString();
      }
    }
  }

  /**
   * Has every later handshake on a connection fail, now that it has had one. TLS 1.2 would let
   * either end ask for another as often as it likes, which costs who asks little (CVE-2011-1473).
   */
  static void refuseMoreHandshakes(Channel channel) {
    channel.pipeline().get(SslHandler.class).engine().setEnabledProtocols(NO_PROTOCOLS);
  }

  /**
   * What a server with one of its certificates needs.
   *
   * @throws IllegalArgumentException if the files do not hold it
   */
  SslContext serverContext(TlsFiles files) {
    return build(
        "server",
        () -> {
          SslContextBuilder builder = files.forServer();
          if (requirePeer) builder.clientAuth(ClientAuth.REQUIRE);
          return files.trusting(builder, trustAnyone);
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
          TlsFiles files = TlsFiles.read(identity, trust);
          SslContextBuilder builder = files.forClient();
          builder.endpointIdentificationAlgorithm(trustAnyone ? null : "HTTPS");
          return files.trusting(builder, trustAnyone);
        });
  }

  private interface Source {
    SslContextBuilder open() throws IOException, GeneralSecurityException;
  }

  private SslContext build(String side, Source source) {
    try {
      return source.open().sslProvider(provider()).build();
    } catch (IOException | GeneralSecurityException unusable) {
      throw new IllegalArgumentException(
          "TLS " + side + " cannot start: " + unusable.getMessage(), unusable);
    }
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
}
