package dev.priz.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A complete text message (RFC 6455 §5.6).
 *
 * @param text its content
 */
public record Text(String text) implements Message {

  @Override
  public Opcode opcode() {
    return Opcode.TEXT;
  }

  @Override
  public byte[] data() {
    return text.getBytes(UTF_8);
  }
}
