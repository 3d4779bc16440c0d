package dev.priz.netty;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The certificates of a server: the right one for each client, and the latest of each. */
final class ServerTls {
  private final ServerCertificate own;
  private final Map<String, ServerCertificate> hosts = new HashMap<>();
  private final List<ServerCertificate> all = new ArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * Reads the files.
   *
   * @throws IllegalArgumentException if one cannot be read or used
   */
  ServerTls(Tls tls) {
    try {
      own = add(new ServerCertificate(tls, "(default)", tls.identity()));
      tls.hosts()
          .forEach(
              (name, identity) -> hosts.put(name, add(new ServerCertificate(tls, name, identity))));
    } catch (IllegalArgumentException unusable) {
      all.forEach(ServerCertificate::release);
      throw unusable;
    }
    if (tls.reloadEvery().isPositive()) watch(tls.reloadEvery().toNanos());
  }

  /** Has a new connection speak TLS; closes it if it comes too late. */
  void install(Channel visitor) {
    var guard = new HelloGuard();
    visitor.pipeline().addLast(guard);
    if (hosts.isEmpty()) {
      SslHandler handler = handler(visitor, own);
      if (handler != null) visitor.pipeline().addLast(handler);
    } else {
      visitor.pipeline().addLast(new ServerNameHandler(this));
    }
  }

  /** The handler for a connection whose client wants a host, null for one that does not say. */
  @Nullable SslHandler handler(Channel visitor, @Nullable String host) {
    return handler(visitor, certificate(host));
  }

  /**
   * Takes the files that are there now; blocks.
   *
   * @return whether any are others than before
   * @throws IllegalArgumentException if one cannot be read or used; its certificate stays as it was
   */
  boolean reload() {
    boolean changed = false;
    IllegalArgumentException failure = null;
    for (ServerCertificate certificate : all) {
      try {
        changed |= certificate.reload();
      } catch (IllegalArgumentException unusable) {
        if (failure == null) {
          failure = unusable;
        } else {
          failure.addSuppressed(unusable);
        }
      }
    }
    if (failure != null) throw failure;
    return changed;
  }

  /** Ends the watch over the files; connections go on. */
  void close() {
    closed.countDown();
    all.forEach(ServerCertificate::release);
  }

  private ServerCertificate certificate(@Nullable String host) {
    if (host == null) return own;
    ServerCertificate exact = hosts.get(host);
    if (exact != null) return exact;
    int dot = host.indexOf('.');
    // RFC 9525 §6.3: the wildcard stands for one label, and that is the first.
    return dot <= 0 ? own : hosts.getOrDefault("*" + host.substring(dot), own);
  }

  private static @Nullable SslHandler handler(Channel visitor, ServerCertificate certificate) {
    SslHandler handler = certificate.newHandler(visitor.alloc());
    if (handler == null) {
      visitor.close();
      return null;
    }
    // The gate's clock runs from the first byte, and over the request too.
    handler.setHandshakeTimeoutMillis(0);
    handler.handshakeFuture().addListener(done -> HelloGuard.dismiss(visitor));
    return handler;
  }

  private ServerCertificate add(ServerCertificate certificate) {
    all.add(certificate);
    return certificate;
  }

  // Not on an event loop: a file may be on a network.
  private void watch(long nanos) {
    Thread.ofVirtual()
        .name("priz tls")
        .start(() -> {
          try {
            while (!closed.await(nanos, TimeUnit.NANOSECONDS)) reloadQuietly();
          } catch (InterruptedException ends) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private void reloadQuietly() {
    try {
      var unused = reload();
    } catch (IllegalArgumentException logged) {
      // And tried again the next time.
    }
  }
}
