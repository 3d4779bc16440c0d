package dev.priz;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Fails a test class that leaves a thread of the library behind, but for that of the client behind
 * {@link WebSocket#connect}, which lasts. JUnit finds it through {@code META-INF/services}.
 */
public final class ThreadGuard implements BeforeAllCallback {
  private static final long ENDING_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final Set<Thread> LASTING = new HashSet<>();

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    if (LASTING.isEmpty()) LASTING.addAll(threadsOfSharedClient());
    // What is stored is closed at the very end: after @AfterAll and after @AutoClose.
    AutoCloseable check = () -> failOnThreads(context.getDisplayName());
    context.getStore(Namespace.create(ThreadGuard.class)).put("check", check);
  }

  private static void failOnThreads(String testClass) throws InterruptedException {
    long deadline = System.nanoTime() + ENDING_NANOS;
    Set<Thread> left = threads();
    left.removeAll(LASTING);
    for (Thread thread : left) {
      TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, deadline - System.nanoTime()));
    }
    left.removeIf(thread -> !thread.isAlive());
    if (!left.isEmpty()) {
      throw new AssertionError(testClass + " leaves threads behind: " + left);
    }
  }

  private static Set<Thread> threads() {
    Thread[] all = new Thread[2 * Thread.activeCount() + 64];
    int count = Thread.enumerate(all);
    Set<Thread> ours = new HashSet<>(Arrays.asList(all).subList(0, count));
    ours.removeIf(thread -> !thread.getName().startsWith("priz-"));
    return ours;
  }

  private static Set<Thread> threadsOfSharedClient() throws IOException {
    Set<Thread> before = threads();
    startSharedClient();
    Set<Thread> started = threads();
    started.removeAll(before);
    return started;
  }

  // A client starts its thread when it first connects, here to a port where nobody listens.
  private static void startSharedClient() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    try {
      WebSocket.connect("ws://127.0.0.1:" + port).abort();
    } catch (WebSocketException nobodyThere) {
      return;
    }
  }
}
