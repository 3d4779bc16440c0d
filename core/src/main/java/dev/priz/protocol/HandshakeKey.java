package dev.priz.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** {@code Sec-WebSocket-Key} and its answer (RFC 6455 §1.3 and §4). */
final class HandshakeKey {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int KEY_BYTES = 16;
  private static final int KEY_CHARS = 24;

  private HandshakeKey() {}

  /** The key for 16 bytes of randomness. */
  static String of(byte[] nonce) {
    if (nonce.length != KEY_BYTES) {
      throw new IllegalArgumentException("nonce is " + nonce.length + " bytes, needed are 16");
    }
    return Base64.getEncoder().encodeToString(nonce);
  }

  /** Whether the text is the base64 form of 16 bytes; its unused last bits may be anything. */
  static boolean isValid(String key) {
    if (key.length() != KEY_CHARS) return false;
    try {
      return Base64.getDecoder().decode(key).length == KEY_BYTES;
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  /** The {@code Sec-WebSocket-Accept} that belongs to a key. */
  static String accept(String key) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      return Base64.getEncoder().encodeToString(sha1.digest((key + GUID).getBytes(ISO_8859_1)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has SHA-1", impossible);
    }
  }
}
