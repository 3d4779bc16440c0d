package dev.priz;

import dev.priz.hub.Hub;
import dev.priz.hub.Subscriber;
import dev.priz.netty.Link;
import dev.priz.protocol.Close;
import dev.priz.protocol.CloseCode;
import dev.priz.protocol.Closed;
import dev.priz.protocol.Message;
import dev.priz.protocol.Opcode;
import dev.priz.protocol.PreparedMessage;
import dev.priz.protocol.Request;
import dev.priz.topic.Outcome;
import dev.priz.topic.Publication;
import dev.priz.topic.Subscription;
import java.io.OutputStream;
import java.io.Writer;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An open connection, the same on a server and on a client (RFC 6455).
 *
 * <p><b>Threads.</b> One {@code WebSocket} may be used by any number of threads. Messages are sent
 * in the order of the calls of each thread, never mixed with one another. A thread that sends waits
 * while the peer is slow; on the event loop, that is in a callback, nothing ever waits, and a peer
 * for whom {@linkplain ConnectionOptions#maxQueuedBytes too much} is waiting is given up.
 *
 * <p><b>Receiving</b> goes in one of three ways, chosen by the first call: {@link #receive} and
 * iteration give whole messages to threads that ask, {@link #receiveStream} gives messages of any
 * size as streams, and {@link #onText}, {@link #onBinary}, {@link #onMessage}, {@link #onPing} and
 * {@link #onPong} have callbacks called on the event loop. Nothing is read before that call, so
 * nothing is lost before it. A message of a kind that has no callback is dropped, but for text
 * where only binary has one and the other way round, which closes the connection with code 1003.
 *
 * <p><b>Callbacks</b> of a connection are called one at a time, in order, and must not block. One
 * that throws closes its own connection with code 1011, and nothing else.
 *
 * {@snippet class="dev.priz.ClientExample" region="callbacks"}
 */
// Longer than others: it is the one type that everyone uses, and nearly all of it is Javadoc.
public final class WebSocket implements Iterable<Message>, AutoCloseable {
  private final Incoming incoming;
  private final Sending sending;
  private final Link link;
  private final Opening opening;
  private final @Nullable Hub hub;
  private volatile @Nullable IncomingMessage streamed;
  private volatile @Nullable Subscriber subscriber;

  /**
   * A connection.
   *
   * @param hub of the server's topics, or null on a client
   */
  WebSocket(Link link, Incoming incoming, Opening opening, @Nullable Hub hub) {
    this.link = link;
    this.incoming = incoming;
    this.opening = opening;
    this.hub = hub;
    sending = new Sending(link);
  }

  /**
   * Connects to a server; waits until the connection is open.
   *
   * @param address such as {@code ws://localhost:8080/chat} or {@code wss://example.com}
   * @throws IllegalArgumentException if the address is not a WebSocket's
   * @throws HandshakeRefusedException if the server answers, but does not open the connection
   * @throws WebSocketException if the server cannot be reached, or the thread is interrupted
   */
  public static WebSocket connect(String address) {
    return WebSocketClient.shared().connect(address);
  }

  /** The request that opened the connection: its path, query and header fields. */
  public Request request() {
    return opening.request();
  }

  /**
   * A part of the path that the server's route names, such as {@code room} of {@code /chat/{room}}.
   *
   * @throws IllegalArgumentException if the route has no part of this name
   */
  public String pathParameter(String name) {
    return opening.pathParameter(name);
  }

  /** The subprotocol that both sides agreed on, or null. */
  public @Nullable String subprotocol() {
    return opening.subprotocol();
  }

  /** What the server's handshake hook {@linkplain Decision.Accept#attach attached}, or null. */
  public @Nullable Object attachment() {
    return opening.attachment();
  }

  /** Whether the connection uses TLS. */
  public boolean isSecure() {
    return opening.secure();
  }

  /** Whether messages are compressed where it is worth it, as both sides agreed (RFC 7692). */
  public boolean isCompressed() {
    return link.isCompressed();
  }

  /** The address that the peer, or the last proxy, connects from; null after the end. */
  public @Nullable SocketAddress remoteAddress() {
    return link.remoteAddress();
  }

  /** Whether the connection has not ended; it may be closing. */
  public boolean isOpen() {
    return closed() == null;
  }

  /** How the connection ended, or null while it has not. */
  public @Nullable Closed closed() {
    return incoming.closed();
  }

  /** Completes with how the connection ended, after {@code onClose}. */
  public CompletionStage<Closed> whenClosed() {
    return incoming.end().copy();
  }

  /**
   * Sends a text message.
   *
   * @throws IllegalArgumentException if the text has an unpaired surrogate, which UTF-8 cannot
   *     carry
   * @throws ConnectionClosedException if the connection is closing or has ended
   * @throws WebSocketException if the thread is interrupted while it waits; the message was not
   *     sent
   */
  public void send(String text) {
    sending.text(text);
  }

  /**
   * Sends a binary message; throws as {@link #send(PreparedMessage)}.
   *
   * @param data borrowed: may be changed as soon as the call returns
   */
  public void send(byte[] data) {
    sending.frame(Opcode.BINARY, data);
  }

  /**
   * Sends a binary message; throws as {@link #send(PreparedMessage)}.
   *
   * @param data borrowed: from its position to its limit, which do not change
   */
  public void send(ByteBuffer data) {
    byte[] copy = new byte[data.remaining()];
    data.get(data.position(), copy);
    sending.taken(copy);
  }

  /**
   * Sends any message or control frame: what was received can be sent back as it is. A {@code
   * Close} begins the closing handshake and does not wait for it.
   *
   * @throws IllegalArgumentException if a Ping or Pong has more than 125 bytes, or a text an
   *     unpaired surrogate
   * @throws ConnectionClosedException as {@link #send(String)}
   * @throws WebSocketException as {@link #send(String)}
   */
  public void send(Message message) {
    sending.send(message);
  }

  /**
   * Sends a message that was prepared once for many connections.
   *
   * @throws ConnectionClosedException as {@link #send(String)}
   * @throws WebSocketException as {@link #send(String)}
   */
  public void send(PreparedMessage message) {
    sending.prepared(message);
  }

  /**
   * Sends a message without ever waiting; nor may an event loop wait for the result.
   *
   * @return completes once the message is in the socket, with null; fails with {@link
   *     ConnectionClosedException} if the connection ends first, or with {@link WebSocketException}
   *     if too much is waiting already
   * @throws IllegalArgumentException as {@link #send(Message)}; also for a {@code Close}, which
   *     goes through {@link #closeAsync}
   */
  public CompletionStage<@Nullable Void> sendAsync(Message message) {
    return sending.sendAsync(message);
  }

  /**
   * Sends a Ping (RFC 6455 §5.5.2); keep-alive Pings are sent without being asked for.
   *
   * @param data at most 125 bytes, borrowed
   * @throws IllegalArgumentException if there are more
   * @throws ConnectionClosedException as {@link #send(String)}
   * @throws WebSocketException as {@link #send(String)}
   */
  public void sendPing(byte[] data) {
    sending.frame(Opcode.PING, data);
  }

  /**
   * Sends a Pong (RFC 6455 §5.5.3), else as {@link #sendPing}; Pings are answered without it unless
   * {@link ConnectionOptions#answersPings} is off.
   */
  public void sendPong(byte[] data) {
    sending.frame(Opcode.PONG, data);
  }

  /**
   * Begins a message that is sent in fragments (RFC 6455 §5.4). Until it is closed, other messages
   * wait behind it; Pings and Pongs do not.
   *
   * @param opcode {@link Opcode#TEXT} or {@link Opcode#BINARY}
   */
  public OutgoingMessage sendFragments(Opcode opcode) {
    return new OutgoingMessage(sending, opcode);
  }

  /**
   * Begins a binary message of any size; closing the stream ends it, flushing sends what is there.
   */
  public OutputStream binaryStream() {
    return new MessageOutputStream(sendFragments(Opcode.BINARY));
  }

  /** Begins a text message of any size; closing the writer ends it, flushing sends it so far. */
  public Writer textWriter() {
    return new MessageWriter(sendFragments(Opcode.TEXT));
  }

  /**
   * Waits until all that was sent so far is in the operating system's hands.
   *
   * @throws IllegalStateException on the event loop, which must not wait
   * @throws ConnectionClosedException if the connection ends first
   * @throws WebSocketException if the thread is interrupted
   */
  public void flush() {
    sending.flush();
  }

  /**
   * Waits for the next message.
   *
   * @return text or binary, or also Ping, Pong and Close {@linkplain #showControlFrames where asked
   *     for}; null once the connection has ended, {@link #closed} then tells how
   * @throws IllegalStateException on the event loop, which must not wait; or if messages go to
   *     callbacks or streams
   * @throws WebSocketException if the thread is interrupted; no message is lost
   */
  public @Nullable Message receive() {
    return (Message) Waiting.take(incoming.inbox(Incoming.Style.MESSAGES));
  }

  /** The messages that {@link #receive} gives, up to the end of the connection. */
  @Override
  public Iterator<Message> iterator() {
    return new Waiting.Received<>(this::receive);
  }

  /**
   * Waits for the next message, of any size, and gives it as a stream while it arrives; what is
   * left of the one before is skipped.
   *
   * @return null once the connection has ended
   * @throws IllegalStateException on the event loop, which must not wait; or if messages go to
   *     callbacks or {@link #receive}
   * @throws WebSocketException if the thread is interrupted
   */
  public @Nullable IncomingMessage receiveStream() {
    IncomingMessage before = streamed;
    if (before != null) before.close();
    IncomingMessage next = IncomingMessage.next(incoming.inbox(Incoming.Style.STREAMS));
    streamed = next;
    return next;
  }

  /** Sends and receives values through this connection, as the codec encodes and decodes them. */
  public <T> TypedWebSocket<T> as(Codec<T> codec) {
    return new TypedWebSocket<>(this, incoming, codec);
  }

  /**
   * Lets {@link #receive} and iteration give Ping, Pong and Close frames too; to be called before
   * them.
   */
  public WebSocket showControlFrames() {
    incoming.showControl();
    return this;
  }

  /** Has a callback called once, since the connection is open. */
  public WebSocket onOpen(Runnable callback) {
    incoming.onOpen(callback);
    return this;
  }

  /** Has a callback called with each text message. */
  public WebSocket onText(Consumer<? super String> callback) {
    incoming.register(callbacks -> callbacks.onText = callback);
    return this;
  }

  /** Has a callback called with the content, its to keep, of each binary message. */
  public WebSocket onBinary(Consumer<? super byte[]> callback) {
    incoming.register(callbacks -> callbacks.onBinary = callback);
    return this;
  }

  /** Has a callback called with each text or binary message without a callback for its kind. */
  public WebSocket onMessage(Consumer<? super Message> callback) {
    incoming.register(callbacks -> callbacks.onMessage = callback);
    return this;
  }

  /** Has a callback called with the payload of each Ping, which has been answered already. */
  public WebSocket onPing(Consumer<? super byte[]> callback) {
    incoming.register(callbacks -> callbacks.onPing = callback);
    return this;
  }

  /** Has a callback called with the payload of each Pong that answers no keep-alive Ping. */
  public WebSocket onPong(Consumer<? super byte[]> callback) {
    incoming.register(callbacks -> callbacks.onPong = callback);
    return this;
  }

  /** Has a callback called once, last, when the connection has ended; also if it has already. */
  public WebSocket onClose(Consumer<? super Closed> callback) {
    incoming.onClose(callback);
    return this;
  }

  /**
   * Has a callback called with what goes wrong: what a handler or callback threw, a {@link
   * ProtocolViolationException}, an {@link java.io.IOException} of the transport. The connection
   * ends after it.
   */
  public WebSocket onError(Consumer<? super Throwable> callback) {
    incoming.onError(callback);
    return this;
  }

  /**
   * Has the connection sent what is published to a topic from now on, as it is published; until it
   * is unsubscribed or the connection ends. A second time gives the same subscription.
   *
   * @param topic 1 to 255 bytes of UTF-8 without control characters
   * @throws IllegalArgumentException if it is not
   * @throws IllegalStateException on a client, whose way is {@code TopicClient}; or if there are as
   *     many subscriptions or topics as {@link dev.priz.topic.TopicLimits} say, or the connection
   *     has ended
   */
  public Subscription subscribe(String topic) {
    return subscriber().subscribe(topic);
  }

  /**
   * Publishes to a topic of the server in this connection's name: {@link Publication#exceptSender}
   * is for all but it. Else as {@link dev.priz.topic.Topic#publish}.
   *
   * @throws IllegalArgumentException if the topic's name is none
   * @throws IllegalStateException on a client
   */
  public CompletionStage<Outcome> publish(String topic, Publication publication) {
    return subscriber().publish(topic, publication);
  }

  /** The topics that the connection subscribes to, by itself or by {@link #subscribe}. */
  public Set<String> topics() {
    Subscriber existing = subscriber;
    return existing == null ? Set.of() : existing.topics();
  }

  /**
   * Ends the subscription to a topic, such as of one who has lost the right to it.
   *
   * @param reason told to a client that subscribed by itself
   * @return whether there was one
   */
  public boolean unsubscribe(String topic, String reason) {
    Subscriber existing = subscriber;
    return existing != null && existing.remove(topic, reason);
  }

  /**
   * Keeps the connection alive and waits until it has ended; messages without a callback are
   * dropped from now on.
   *
   * @return how it ended
   * @throws IllegalStateException on the event loop, which must not wait
   * @throws WebSocketException if the thread is interrupted
   */
  public Closed run() {
    Waiting.check("run");
    incoming.start();
    return Waiting.forEnd(incoming.end());
  }

  /** Closes the connection as {@link #close(int, String)} does, with code 1000. */
  @Override
  public void close() {
    close(CloseCode.NORMAL, "");
  }

  /**
   * Sends a Close frame after all that was sent before, and waits for the end of the connection:
   * for the peer at most the {@linkplain dev.priz.protocol.Timeouts#close close time-out}. On the
   * event loop, does not wait. What still arrives can be received. Does nothing if the connection
   * is closing already but wait.
   *
   * @param code 1000 to 1003, 1007 to 1014 or 3000 to 4999
   * @param reason at most 123 bytes of UTF-8
   * @throws IllegalArgumentException if the code or the reason cannot be sent
   */
  public void close(int code, String reason) {
    CompletableFuture<Closed> end = sending.close(new Close(code, reason), incoming);
    if (Link.mayWait()) Waiting.forEndOrInterrupt(end);
  }

  /**
   * Closes the connection without waiting; else as {@link #close(int, String)}.
   *
   * @return completes with how it ended
   * @throws IllegalArgumentException if the code or the reason cannot be sent
   */
  public CompletionStage<Closed> closeAsync(int code, String reason) {
    return sending.close(new Close(code, reason), incoming).copy();
  }

  /** Ends the TCP connection at once, without a closing handshake. */
  public void abort() {
    link.abort();
    incoming.readToEnd();
  }

  /** This connection as the server's topics know it. */
  Subscriber subscriber() {
    Subscriber existing = subscriber;
    if (existing != null) return existing;
    Hub topics = hub;
    if (topics == null) {
      throw new IllegalStateException("topics are a server's; from a client, use TopicClient");
    }
    synchronized (incoming) {
      existing = subscriber;
      if (existing != null) return existing;
      existing = topics.subscriber(link, incoming);
      subscriber = existing;
    }
    // The end may have come meanwhile, and would not come again.
    if (closed() != null) existing.end();
    return existing;
  }

  /** Ends its subscriptions. */
  void leaveTopics() {
    Subscriber existing = subscriber;
    if (existing != null) existing.end();
  }

  @Override
  public String toString() {
    return "WebSocket[" + opening.request().path() + ", " + remoteAddress() + "]";
  }
}
