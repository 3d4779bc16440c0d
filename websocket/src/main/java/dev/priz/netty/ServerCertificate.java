package dev.priz.netty;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.IllegalReferenceCountException;
import io.netty.util.ReferenceCountUtil;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One certificate of a server, which is replaced when its files change. Connections go on with the
 * one that they began with. For any thread.
 */
final class ServerCertificate {
  private static final Logger LOG = LoggerFactory.getLogger(ServerCertificate.class);

  private final Tls tls;
  private final String name;
  private final Tls.@Nullable Identity identity;
  private byte[] digest;
  // Why the files that are there now are not used; null if they are.
  private @Nullable String complaint;
  // Null once it is released.
  private volatile @Nullable SslContext context;

  /**
   * Reads the files.
   *
   * @param name for the log
   * @throws IllegalArgumentException if one cannot be read or used
   */
  ServerCertificate(Tls tls, String name, Tls.@Nullable Identity identity) {
    this.tls = tls;
    this.name = name;
    this.identity = identity;
    TlsFiles files = TlsFiles.read(identity, tls.trust());
    digest = files.digest();
    context = tls.serverContext(files);
  }

  /** What new connections share; null once this is released. */
  @Nullable SslContext context() {
    return context;
  }

  /** What a new connection needs; null once this is released. */
  @Nullable SslHandler newHandler(ByteBufAllocator allocator) {
    for (SslContext current = context; current != null; current = context) {
      try {
        // So that it is not released before the handler has taken its own hold.
        ReferenceCountUtil.retain(current);
      } catch (IllegalReferenceCountException justReplaced) {
        continue;
      }
      try {
        return current.newHandler(allocator);
      } finally {
        ReferenceCountUtil.release(current);
      }
    }
    return null;
  }

  /**
   * Takes the files that are there now, if they are others; blocks.
   *
   * @return whether they are
   * @throws IllegalArgumentException if one cannot be read or used; all stays as it was
   */
  synchronized boolean reload() {
    SslContext old = context;
    if (old == null) return false;
    try {
      boolean changed = take(TlsFiles.read(identity, tls.trust()));
      complaint = null;
      if (changed) {
        ReferenceCountUtil.release(old);
        LOG.info("TLS certificate {} has been read again from {}", name, identity);
      }
      return changed;
    } catch (RuntimeException unusable) {
      String reason = Reason.of(unusable);
      complain(reason);
      // Whatever a broken file makes of those who read it: the server goes on.
      throw new IllegalArgumentException(reason, unusable);
    }
  }

  /** Ends the use of it, but by connections that have it. */
  synchronized void release() {
    SslContext last = context;
    context = null;
    ReferenceCountUtil.release(last);
  }

  private boolean take(TlsFiles files) {
    byte[] found = files.digest();
    if (Arrays.equals(found, digest)) return false;
    context = tls.serverContext(files);
    digest = found;
    return true;
  }

  // Once, although it is tried again and again.
  private void complain(String reason) {
    if (reason.equals(complaint)) return;
    complaint = reason;
    LOG.warn("TLS certificate {} stays as it was: {}", name, reason);
  }
}
