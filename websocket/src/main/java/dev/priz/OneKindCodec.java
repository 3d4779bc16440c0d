package dev.priz;

import dev.priz.protocol.Message;
import dev.priz.protocol.Opcode;

/**
 * A codec of two functions.
 *
 * @param kind that of all its messages
 */
record OneKindCodec<T>(Opcode kind, Conversion<T, Message> encoder, Conversion<Message, T> decoder)
    implements Codec<T> {

  @Override
  public Message encode(T value) throws Exception {
    return encoder.convert(value);
  }

  @Override
  public boolean accepts(Opcode other) {
    return other == kind;
  }

  @Override
  public T decode(Message message) throws Exception {
    return decoder.convert(message);
  }
}
