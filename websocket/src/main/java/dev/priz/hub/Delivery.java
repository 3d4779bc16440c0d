package dev.priz.hub;

import dev.priz.netty.Batch;
import dev.priz.protocol.PreparedMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Publications of one topic that follow each other, for all its subscriptions on one event loop.
 */
final class Delivery implements AutoCloseable {
  private final List<Entry> entries;
  private final int receivers;
  private final boolean chained;
  private final boolean exceptsOne;
  // One for those who speak no subprotocol, one for those who do.
  private @Nullable Batch plain;
  private @Nullable Batch framed;

  Delivery(List<Entry> entries, int receivers) {
    this.entries = entries;
    this.receivers = receivers;
    boolean eachFollows = true;
    boolean leavesOut = entries.getFirst().exceptsOne();
    for (int i = 1; i < entries.size(); i++) {
      eachFollows &= entries.get(i).follows(entries.get(i - 1));
      leavesOut |= entries.get(i).exceptsOne();
    }
    chained = eachFollows;
    exceptsOne = leavesOut;
  }

  List<Entry> entries() {
    return entries;
  }

  Entry first() {
    return entries.getFirst();
  }

  Entry last() {
    return entries.getLast();
  }

  /** Whether each comes right after the one before. */
  boolean isChained() {
    return chained;
  }

  /** Whether one of them is not for a connection. */
  boolean excepts(long connection) {
    if (!exceptsOne) return false;
    for (Entry entry : entries) {
      if (entry.excepts(connection)) return true;
    }
    return false;
  }

  /** All messages, for as long as this is open. */
  Batch batch(boolean inSubprotocol) {
    Batch known = inSubprotocol ? framed : plain;
    if (known != null) return known;
    List<PreparedMessage> messages = new ArrayList<>(entries.size());
    for (Entry entry : entries) messages.add(entry.message(inSubprotocol));
    Batch made = new Batch(messages, receivers);
    if (inSubprotocol) {
      framed = made;
    } else {
      plain = made;
    }
    return made;
  }

  @Override
  public void close() {
    if (plain != null) plain.close();
    if (framed != null) framed.close();
  }
}
