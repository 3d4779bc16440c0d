package dev.priz.hub;

import dev.priz.protocol.PreparedMessage;
import dev.priz.topic.Broker;
import dev.priz.topic.Format;
import dev.priz.topic.Position;
import org.jspecify.annotations.Nullable;

/**
 * A publication on its way to the subscribers of this server, encoded once for all of them. For any
 * thread.
 */
final class Entry implements Work {
  private static final int OVERHEAD_BYTES = 128;

  final HubTopic topic;
  private final Broker.Stored stored;
  private final Envelope envelope;
  // Made by the first that needs it, at times by several at once, which all come to the same.
  private @Nullable PreparedMessage plain;
  private @Nullable PreparedMessage framed;

  private Entry(HubTopic topic, Broker.Stored stored, Envelope envelope) {
    this.topic = topic;
    this.stored = stored;
    this.envelope = envelope;
  }

  /** The entry of a publication, or null if its bytes are none of ours. */
  static @Nullable Entry of(HubTopic topic, Broker.Stored stored) {
    Envelope envelope = Envelope.decode(stored.bytes());
    return envelope == null ? null : new Entry(topic, stored, envelope);
  }

  Position position() {
    return stored.position();
  }

  /** The position before it. */
  Position before() {
    return new Position(stored.position().epoch(), stored.prevOffset(), stored.prevTag());
  }

  boolean follows(Position before) {
    return stored.follows(before);
  }

  /** Whether it comes right after another. */
  boolean follows(Entry before) {
    return stored.follows(before.stored.position());
  }

  /** Whether a connection does not get it. */
  boolean excepts(long connection) {
    return envelope.sender() == connection;
  }

  /** Whether some connection does not get it. */
  boolean exceptsOne() {
    return envelope.sender() != Envelope.NOBODY;
  }

  @Nullable String key() {
    return envelope.key();
  }

  /** What it weighs while it waits. */
  int bytes() {
    return envelope.size() + OVERHEAD_BYTES;
  }

  /** The message for those who speak no subprotocol. */
  PreparedMessage plain() {
    PreparedMessage known = plain;
    if (known != null) return known;
    PreparedMessage made =
        envelope.format() == Format.BINARY
            ? PreparedMessage.binary(envelope.payload())
            : PreparedMessage.text(envelope.payloadText());
    plain = made;
    return made;
  }

  /** The message of the subprotocol. */
  PreparedMessage framed() {
    PreparedMessage known = framed;
    if (known != null) return known;
    PreparedMessage made = PreparedMessage.text(Frames.message(topic.name, stored, envelope));
    framed = made;
    return made;
  }

  /** The message in one of the two ways. */
  PreparedMessage message(boolean inSubprotocol) {
    return inSubprotocol ? framed() : plain();
  }

  @Override
  public String toString() {
    return "Entry[" + topic.name + " " + position().at() + "]";
  }
}
