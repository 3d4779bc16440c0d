package dev.priz.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.priz.json.Json;
import dev.priz.protocol.Connection;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What is published to a topic. Immutable, and for any number of topics and threads. */
public final class Publication {
  /** The most bytes of UTF-8 in a key. */
  public static final int MAX_KEY_BYTES = 255;

  private final Format format;
  private final byte[] payload;
  private final @Nullable String key;
  private final @Nullable String idempotencyKey;
  private final boolean exceptSender;

  private Publication(
      Format format,
      byte[] payload,
      @Nullable String key,
      @Nullable String idempotencyKey,
      boolean exceptSender) {
    this.format = format;
    this.payload = payload;
    this.key = key;
    this.idempotencyKey = idempotencyKey;
    this.exceptSender = exceptSender;
  }

  /**
   * Any text.
   *
   * @throws IllegalArgumentException if it has an unpaired surrogate, which UTF-8 cannot carry
   */
  public static Publication text(String text) {
    return new Publication(Format.TEXT, utf8(text), null, null, false);
  }

  /**
   * A value of JSON, such as an object.
   *
   * @param json whose syntax is checked
   * @throws IllegalArgumentException if it is not one value of JSON (RFC 8259), has an unpaired
   *     surrogate, be it escaped, or has more than 60 arrays and objects in each other
   */
  public static Publication json(String json) {
    Json.check(json);
    return new Publication(Format.JSON, utf8(json), null, null, false);
  }

  /**
   * Bytes.
   *
   * @param data copied
   */
  public static Publication binary(byte[] data) {
    return new Publication(Format.BINARY, data.clone(), null, null, false);
  }

  /**
   * This publication with a key: for {@link SlowPolicy#CONFLATE} it takes the place of a waiting
   * one with the same key.
   *
   * @throws IllegalArgumentException if it has over {@link #MAX_KEY_BYTES} bytes
   */
  public Publication key(String newKey) {
    checkKey("key", newKey);
    return new Publication(format, payload, newKey, idempotencyKey, exceptSender);
  }

  /**
   * This publication with a name of its own: for two minutes, the topic takes one with the same
   * name once only, and tells the position of the first.
   *
   * @throws IllegalArgumentException if it has over {@link #MAX_KEY_BYTES} bytes
   */
  public Publication idempotencyKey(String name) {
    checkKey("idempotencyKey", name);
    return new Publication(format, payload, key, name, exceptSender);
  }

  /** This publication for all but the connection that publishes it. */
  public Publication exceptSender() {
    return new Publication(format, payload, key, idempotencyKey, true);
  }

  /**
   * This publication with the key and the name of another where it has none of its own, and except
   * for its sender if the other is: what is asked of a publication stays, whatever is put in its
   * place.
   */
  public Publication inPlaceOf(Publication asked) {
    return new Publication(
        format,
        payload,
        key == null ? asked.key : key,
        idempotencyKey == null ? asked.idempotencyKey : idempotencyKey,
        exceptSender || asked.exceptSender);
  }

  /** What the payload is. */
  public Format format() {
    return format;
  }

  /** The payload; a view that its reader may move in but not change. */
  public ByteBuffer payload() {
    return ByteBuffer.wrap(payload).asReadOnlyBuffer();
  }

  /** The payload as text, if it is text or JSON. */
  public String payloadText() {
    if (format == Format.BINARY) throw new IllegalStateException("the payload is binary");
    return new String(payload, UTF_8);
  }

  /** The number of bytes in the payload. */
  public int size() {
    return payload.length;
  }

  /** What it is the latest of, or null. */
  public @Nullable String key() {
    return key;
  }

  /** Its name among those of two minutes, or null. */
  public @Nullable String idempotencyKey() {
    return idempotencyKey;
  }

  /** Whether the connection that publishes it does not get it. */
  public boolean isExceptSender() {
    return exceptSender;
  }

  private static byte[] utf8(String text) {
    // Refuses unpaired surrogates, which the JDK would replace.
    Connection.textBytes(text);
    return text.getBytes(UTF_8);
  }

  private static void checkKey(String what, String value) {
    int bytes = Connection.textBytes(value);
    if (bytes > MAX_KEY_BYTES) {
      throw new IllegalArgumentException(
          what + " is " + bytes + " bytes, the limit is " + MAX_KEY_BYTES);
    }
  }
}
