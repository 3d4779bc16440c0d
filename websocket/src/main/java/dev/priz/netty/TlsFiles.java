package dev.priz.netty;

import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The files of one certificate, and of what is trusted, as they were at one moment: what is
 * compared with what came before is then what is used.
 */
final class TlsFiles {
  private final Tls.@Nullable Identity identity;
  private final @Nullable Path trust;
  private final Map<Path, byte[]> contents = new LinkedHashMap<>();

  private TlsFiles(Tls.@Nullable Identity identity, @Nullable Path trust) {
    this.identity = identity;
    this.trust = trust;
  }

  /**
   * Reads the files.
   *
   * @throws IllegalArgumentException if one cannot be read
   */
  static TlsFiles read(Tls.@Nullable Identity identity, @Nullable Path trust) {
    var files = new TlsFiles(identity, trust);
    switch (identity) {
      case null -> {}
      case Tls.Identity.Pem pem -> {
        files.read(pem.chain());
        files.read(pem.key());
      }
      case Tls.Identity.Pkcs12 store -> files.read(store.file());
    }
    if (trust != null) files.read(trust);
    return files;
  }

  /** Stands for the contents, of which one is a private key that nobody should keep. */
  byte[] digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] content : contents.values()) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, content.length));
        digest.update(content);
      }
      return digest.digest();
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** A server with this certificate. */
  SslContextBuilder forServer() throws GeneralSecurityException {
    return switch (identity) {
      case null -> throw new IllegalArgumentException("a TLS server needs a certificate");
      case Tls.Identity.Pem pem -> {
        X509Certificate[] chain = chain(pem);
        yield SslContextBuilder.forServer(key(pem, chain), chain);
      }
      case Tls.Identity.Pkcs12 store -> SslContextBuilder.forServer(keys(store));
    };
  }

  /** A client, with this certificate if there is one. */
  SslContextBuilder forClient() throws GeneralSecurityException {
    SslContextBuilder builder = SslContextBuilder.forClient();
    switch (identity) {
      case null -> {}
      case Tls.Identity.Pem pem -> {
        X509Certificate[] chain = chain(pem);
        builder.keyManager(key(pem, chain), chain);
      }
      case Tls.Identity.Pkcs12 store -> builder.keyManager(keys(store));
    }
    return builder;
  }

  /** The same, trusting what is to be trusted. */
  SslContextBuilder trusting(SslContextBuilder builder, boolean anyone)
      throws GeneralSecurityException {
    if (anyone) return builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
    if (trust != null) return builder.trustManager(certificates(trust));
    TrustManagerFactory own =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    own.init((KeyStore) null);
    return builder.trustManager(own);
  }

  private void read(Path file) {
    try {
      contents.put(file, Files.readAllBytes(file));
    } catch (NoSuchFileException missing) {
      throw new IllegalArgumentException("there is no file " + file, missing);
    } catch (IOException unreadable) {
      throw new IllegalArgumentException("cannot read " + file + ": " + unreadable, unreadable);
    }
  }

  private InputStream content(Path file) {
    byte[] content = contents.get(file);
    if (content == null) throw new AssertionError(file + " was not read");
    return new ByteArrayInputStream(content);
  }

  private X509Certificate[] chain(Tls.Identity.Pem pem) {
    return certificates(pem.chain());
  }

  private X509Certificate[] certificates(Path file) {
    try {
      X509Certificate[] certificates = Pem.certificates(content(file));
      if (certificates.length > 0) return certificates;
      throw new IllegalArgumentException("no certificate in " + file);
    } catch (GeneralSecurityException unusable) {
      throw new IllegalArgumentException(
          "no certificates in " + file + ": " + Reason.of(unusable), unusable);
    }
  }

  // A pair that does not match would be found out by the first client, and by each one after it.
  private PrivateKey key(Tls.Identity.Pem pem, X509Certificate[] chain) {
    PrivateKey key;
    try {
      key = Pem.key(content(pem.key()), pem.password());
    } catch (IOException | GeneralSecurityException | IllegalArgumentException unusable) {
      throw new IllegalArgumentException(
          "no private key in PKCS#8 in " + pem.key() + ": " + Reason.of(unusable), unusable);
    }
    if (!Pem.isPair(chain[0].getPublicKey(), key)) {
      throw new IllegalArgumentException(
          "the key in " + pem.key() + " is not that of the certificate in " + pem.chain());
    }
    return key;
  }

  private KeyManagerFactory keys(Tls.Identity.Pkcs12 store) {
    char[] password = store.password().toCharArray();
    try (InputStream in = content(store.file())) {
      KeyStore loaded = KeyStore.getInstance("PKCS12");
      loaded.load(in, password);
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(loaded, password);
      return keys;
    } catch (IOException | GeneralSecurityException unusable) {
      throw new IllegalArgumentException(
          "cannot read the key store " + store.file() + ": " + Reason.of(unusable), unusable);
    }
  }
}
