package dev.priz.wire;

import static dev.priz.wire.Wire.ascii;
import static dev.priz.wire.Wire.join;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * A server in bytes for our client: does with each connection what a script says, then closes it.
 */
final class RawServer implements AutoCloseable {
  private static final Pattern KEY = Pattern.compile("Sec-WebSocket-Key: (\\S+)\r\n");

  private final ServerSocket listening;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final String scheme;
  private final Entrance entrance;
  private final Script script;

  private RawServer(String scheme, Entrance entrance, Script script) throws IOException {
    this.scheme = scheme;
    this.entrance = entrance;
    this.script = script;
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  /** What happens on one connection. */
  @FunctionalInterface
  interface Script {
    void run(RawSocket peer) throws Exception;
  }

  /** What is made of a TCP connection. */
  private interface Entrance {
    RawSocket accepted(Socket tcp) throws IOException;
  }

  /** A server that follows a script with each connection. */
  static RawServer start(Script script) throws IOException {
    return start(Wiring.PLAIN, script);
  }

  /** A server, perhaps with TLS, that follows a script with each connection. */
  static RawServer start(Wiring wiring, Script script) throws IOException {
    return new RawServer(wiring.scheme, wiring::accepted, script);
  }

  /** A server with TLS of its own that follows a script with each connection. */
  static RawServer start(SSLContext tls, Script script) throws IOException {
    return new RawServer("wss", tcp -> secured(tls, tcp), script);
  }

  /** A server's end of TLS on a TCP connection that a client has made. */
  static RawSocket secured(SSLContext tls, Socket tcp) throws IOException {
    return new RawSocket(tls.getSocketFactory().createSocket(tcp, null, true), tcp);
  }

  /**
   * A server that reads the request, sends what {@link #opening} says and then follows a script.
   */
  static RawServer opening(Script script) throws IOException {
    return start(peer -> {
      peer.send(opening(peer.readHead()));
      script.run(peer);
    });
  }

  /** A server that reads the request, answers and closes. */
  static RawServer answering(String response) throws IOException {
    return start(peer -> {
      peer.readHead();
      peer.send(response);
    });
  }

  /** The response that opens the connection, made without the code under test. */
  static byte[] opening(String request, byte[]... frames) {
    String head =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + accept(request)
            + "\r\n\r\n";
    return join(ascii(head), join(frames));
  }

  /** The right answer to the request's key. */
  static String accept(String request) {
    Matcher key = KEY.matcher(request);
    if (!key.find()) throw new AssertionError("no key in " + request);
    String all = key.group(1) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    try {
      byte[] hash = MessageDigest.getInstance("SHA-1").digest(all.getBytes(ISO_8859_1));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }

  int port() {
    return listening.getLocalPort();
  }

  String address() {
    return scheme + "://127.0.0.1:" + port();
  }

  /** Stops; fails the test if a script has failed. */
  @Override
  public void close() throws IOException {
    listening.close();
    threads.shutdown();
    try {
      assertThat(threads.awaitTermination(15, TimeUnit.SECONDS)).as("all scripts end").isTrue();
    } catch (InterruptedException timeIsUp) {
      Thread.currentThread().interrupt();
    } finally {
      threads.shutdownNow();
    }
    Throwable failure = failures.peek();
    if (failure != null) throw new AssertionError("a script failed", failure);
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        RawSocket peer = entrance.accepted(listening.accept());
        threads.execute(() -> serve(peer));
      } catch (IOException | RejectedExecutionException closed) {
        return;
      }
    }
  }

  private void serve(RawSocket peer) {
    try (peer) {
      script.run(peer);
    } catch (Throwable failure) {
      failures.add(failure);
    }
  }
}
