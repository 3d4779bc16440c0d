package dev.priz.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.kqueue.KQueue;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.kqueue.KQueueServerSocketChannel;
import io.netty.channel.kqueue.KQueueSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.Future;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The event loops of one server or client, on one of the operating system's ways to do I/O. */
public final class Loops implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Loops.class);

  private final Kind kind;
  private final EventLoopGroup group;
  private final boolean daemon;
  private final Queue<Thread> started = new ConcurrentLinkedQueue<>();
  private @Nullable EventLoopGroup accepting;

  private Loops(Kind kind, int threads, String name, boolean daemon) {
    this.kind = kind;
    this.daemon = daemon;
    group = new MultiThreadIoEventLoopGroup(threads, threads(name), kind.handlers());
  }

  /** A way to do I/O. */
  public enum Kind {
    /** Linux's completion queues, the fastest here. */
    IO_URING,
    /** Linux's readiness events. */
    EPOLL,
    /** The readiness events of macOS and the BSDs. */
    KQUEUE,
    /** The JDK's own selector, available everywhere. */
    NIO;

    /** Why this kind cannot be used here, or null. */
    public @Nullable Throwable obstacle() {
      return switch (this) {
        case IO_URING -> IoUring.isAvailable() ? null : IoUring.unavailabilityCause();
        case EPOLL -> Epoll.isAvailable() ? null : Epoll.unavailabilityCause();
        case KQUEUE -> KQueue.isAvailable() ? null : KQueue.unavailabilityCause();
        case NIO -> null;
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }

    IoHandlerFactory handlers() {
      return switch (this) {
        case IO_URING -> IoUringIoHandler.newFactory(BufferRing.configuration());
        case EPOLL -> EpollIoHandler.newFactory();
        case KQUEUE -> KQueueIoHandler.newFactory();
        case NIO -> NioIoHandler.newFactory();
      };
    }

    // Who only accepts reads into no buffer.
    IoHandlerFactory acceptHandlers() {
      return this == IO_URING ? IoUringIoHandler.newFactory() : handlers();
    }

    Class<? extends ServerChannel> serverChannel() {
      return switch (this) {
        case IO_URING -> IoUringServerSocketChannel.class;
        case EPOLL -> EpollServerSocketChannel.class;
        case KQUEUE -> KQueueServerSocketChannel.class;
        case NIO -> NioServerSocketChannel.class;
      };
    }

    Class<? extends Channel> clientChannel() {
      return switch (this) {
        case IO_URING -> IoUringSocketChannel.class;
        case EPOLL -> EpollSocketChannel.class;
        case KQUEUE -> KQueueSocketChannel.class;
        case NIO -> NioSocketChannel.class;
      };
    }
  }

  /**
   * Opens event loops.
   *
   * @param wanted null for the fastest kind that works here
   * @param threads one loop each; 0 for one a processor
   * @param name part of the threads' names
   * @param daemon whether the program may end while they run
   * @throws IllegalStateException if the wanted kind does not work here
   */
  public static Loops open(@Nullable Kind wanted, int threads, String name, boolean daemon) {
    Kind kind = wanted == null ? best() : wanted;
    Throwable obstacle = kind.obstacle();
    if (obstacle != null) {
      throw new IllegalStateException(
          "transport " + kind + " does not work here: " + reason(obstacle), obstacle);
    }
    int count = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    LOG.info("{} uses {} with {} event loop(s)", name, kind, count);
    return new Loops(kind, count, name, daemon);
  }

  /** Whether the calling thread is an event loop, of these or of others. */
  static boolean isCurrent() {
    return Thread.currentThread() instanceof LoopThread;
  }

  /** The kind in use. */
  public Kind kind() {
    return kind;
  }

  /** Ends the loops; waits until they have ended, but at most 10 seconds and on no event loop. */
  @Override
  public void close() {
    if (accepting != null) end(accepting);
    var ended = end(group);
    if (isCurrent() || !ended.awaitUninterruptibly(10, TimeUnit.SECONDS)) return;
    try {
      // A loop says that it has ended shortly before its thread does.
      for (Thread thread : started) thread.join();
    } catch (InterruptedException keptForTheCaller) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits until the loops have done what they were given before, but for each at most a second and
   * on no event loop.
   */
  void awaitTasks() {
    if (isCurrent()) return;
    for (EventExecutor loop : group) {
      loop.submit(() -> {}).awaitUninterruptibly(1, TimeUnit.SECONDS);
    }
  }

  /** The option that has plain channels read into the loop's {@link BufferRing}, or none. */
  Map<ChannelOption<Short>, Short> ringOption() {
    return kind == Kind.IO_URING ? BufferRing.option() : Map.of();
  }

  /** Has a plain channel read in a way that holds no buffer while it is idle. */
  void prepareReads(Channel channel) {
    channel.config().setRecvByteBufAllocator(new SocketReads(kind != Kind.IO_URING));
  }

  EventLoopGroup group() {
    return group;
  }

  /**
   * One more loop, for a listening socket, so that a crowd before the door does not hold up those
   * who are in: the operating system shares the processor between the two threads.
   */
  EventLoopGroup acceptLoop() {
    if (accepting == null) {
      accepting = new MultiThreadIoEventLoopGroup(1, threads("accept"), kind.acceptHandlers());
    }
    return accepting;
  }

  private ThreadFactory threads(String name) {
    return new DefaultThreadFactory("priz-" + name, daemon) {
      @Override
      protected Thread newThread(Runnable task, String name) {
        var thread = new LoopThread(task, name);
        started.add(thread);
        return thread;
      }
    };
  }

  private static final class LoopThread extends FastThreadLocalThread {
    LoopThread(Runnable task, String name) {
      super(task, name);
    }
  }

  private static Future<?> end(EventLoopGroup group) {
    return group.shutdownGracefully(0, 5, TimeUnit.SECONDS);
  }

  private static Kind best() {
    for (Kind kind : Kind.values()) {
      Throwable obstacle = kind.obstacle();
      if (obstacle == null) return kind;
      LOG.debug("{} does not work here: {}", kind, reason(obstacle));
    }
    throw new AssertionError("NIO works everywhere");
  }

  private static String reason(Throwable obstacle) {
    Throwable root = obstacle;
    while (root.getCause() != null) root = root.getCause();
    return String.valueOf(root.getMessage());
  }
}
