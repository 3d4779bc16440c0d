package dev.priz.wire;

import static dev.priz.wire.Wire.ascii;
import static dev.priz.wire.Wire.join;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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

/**
 * A server in bytes for our client: does with each connection what a script says, then closes it.
 */
final class RawServer implements AutoCloseable {
  private static final Pattern KEY = Pattern.compile("Sec-WebSocket-Key: (\\S+)\r\n");

  private final ServerSocket listening;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final Wiring wiring;
  private final Script script;

  private RawServer(Wiring wiring, Script script) throws IOException {
    this.wiring = wiring;
    this.script = script;
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  /** What happens on one connection. */
  @FunctionalInterface
  interface Script {
    void run(RawSocket peer) throws Exception;
  }

  /** A server that follows a script with each connection. */
  static RawServer start(Script script) throws IOException {
    return start(Wiring.PLAIN, script);
  }

  /** A server, perhaps with TLS, that follows a script with each connection. */
  static RawServer start(Wiring wiring, Script script) throws IOException {
    return new RawServer(wiring, script);
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
    return wiring.scheme + "://127.0.0.1:" + port();
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
        RawSocket peer = wiring.accepted(listening.accept());
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
