package dev.priz.netty;

import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Reads certificates and keys as Netty does; a subclass only because Netty shows this to no one
 * else.
 */
abstract class Pem extends SslContext {
  private static final byte[] SAMPLE = {1, 2, 3};

  private Pem() {}

  /** All certificates of a PEM file. */
  static X509Certificate[] certificates(InputStream content) throws GeneralSecurityException {
    return toX509Certificates(content);
  }

  /** The private key of a PEM file. */
  static PrivateKey key(InputStream content, @Nullable String password)
      throws IOException, GeneralSecurityException {
    return toPrivateKey(content, password);
  }

  /** Whether what the private key signs is good by the public one. */
  static boolean isPair(PublicKey publicKey, PrivateKey privateKey) {
    String signing = signature(publicKey.getAlgorithm());
    // No clue, so the clients will have to tell.
    if (signing == null) return true;
    try {
      // As the JDK's own, because Netty takes that of Bouncy Castle where it is present.
      KeyFactory factory = KeyFactory.getInstance(publicKey.getAlgorithm());
      Signature signature = Signature.getInstance(signing);
      signature.initSign(factory.generatePrivate(new PKCS8EncodedKeySpec(privateKey.getEncoded())));
      signature.update(SAMPLE);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(SAMPLE);
      return signature.verify(signed);
    } catch (GeneralSecurityException ofAnotherKind) {
      return false;
    }
  }

  private static @Nullable String signature(String keyAlgorithm) {
    return switch (keyAlgorithm) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      case "DSA" -> "SHA256withDSA";
      case "EdDSA" -> "EdDSA";
      default -> null;
    };
  }
}
