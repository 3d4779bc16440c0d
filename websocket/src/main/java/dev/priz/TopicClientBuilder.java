package dev.priz;

import dev.priz.protocol.WebSocketUri;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a client of topics is to be, before it {@linkplain #connect connects}. For one thread. */
public final class TopicClientBuilder {
  final String address;
  @Nullable WebSocketClient client;
  Consumer<? super TopicClient.State> onState = state -> {};
  Timing timing = Timing.REAL;

  TopicClientBuilder(String address) {
    var unused = WebSocketUri.parse(address);
    this.address = address;
  }

  /**
   * Connects with this client: its header fields, TLS, proxy and event loops, which any number can
   * share. Without it, each has an event loop of its own.
   *
   * @param shared stays open when the client of topics is closed
   * @throws IllegalArgumentException if it does not offer {@link TopicClient#SUBPROTOCOL}
   */
  public TopicClientBuilder client(WebSocketClient shared) {
    if (!shared.settings().subprotocols.contains(TopicClient.SUBPROTOCOL)) {
      throw new IllegalArgumentException(
          "the client does not offer the subprotocol;"
              + " WebSocketClient.builder().subprotocols(TopicClient.SUBPROTOCOL) does");
    }
    client = shared;
    return this;
  }

  /** Has a callback called with each change of {@link TopicClient#state}. */
  public TopicClientBuilder onState(Consumer<? super TopicClient.State> callback) {
    onState = callback;
    return this;
  }

  /** Lives in this time; for tests. */
  TopicClientBuilder timing(Timing other) {
    timing = other;
    return this;
  }

  /** Makes the client, which begins to connect; does not wait for it. */
  public TopicClient connect() {
    var made = new TopicClient(this);
    made.start();
    return made;
  }
}
