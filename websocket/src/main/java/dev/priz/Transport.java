package dev.priz;

import dev.priz.netty.Loops;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The operating system's way to do I/O. */
public enum Transport {
  /** The first of the others that works here. */
  AUTO,
  /** Linux's io_uring; often forbidden in containers. */
  IO_URING,
  /** Linux's epoll. */
  EPOLL,
  /** The kqueue of macOS and the BSDs. */
  KQUEUE,
  /** The JDK's own, which works everywhere. */
  NIO;

  /**
   * The transport of this name, in any case.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Transport of(String name) {
    for (Transport transport : values()) {
      if (transport.toString().equalsIgnoreCase(name)) return transport;
    }
    throw new IllegalArgumentException(
        "transport is \"" + name + "\", known are auto, io_uring, epoll, kqueue and nio");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  Loops.@Nullable Kind kind() {
    return this == AUTO ? null : Loops.Kind.valueOf(name());
  }
}
