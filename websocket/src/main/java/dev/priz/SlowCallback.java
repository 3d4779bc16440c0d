package dev.priz;

import dev.priz.TypedWebSocket.Decoding;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices callbacks that keep their event loop from all other connections, and warns once of each
 * kind.
 */
final class SlowCallback {
  private static final Logger LOG = LoggerFactory.getLogger(SlowCallback.class);
  private static final long TOO_LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

  private SlowCallback() {}

  /**
   * Tells if the callbacks of one read took too long.
   *
   * @param path names the connection
   * @param watch told each time
   */
  static void check(long nanos, Callbacks callbacks, String path, Watch watch) {
    if (nanos < TOO_LONG_NANOS) return;
    String names = name(callbacks);
    // Without any callback, it was the machine that was slow.
    if (names.isEmpty()) return;
    watch.callbackWasSlow(path, nanos);
    if (!WARNED.add(names)) return;
    LOG.warn(
        "callbacks of {} in {} blocked their event loop, and all its connections, for {} ms;"
            + " have what blocks run on virtual threads: route() instead of callbacks()",
        path,
        names,
        TimeUnit.NANOSECONDS.toMillis(nanos));
  }

  private static String name(Callbacks callbacks) {
    Object[] all = {
      callbacks.onText, callbacks.onBinary, callbacks.onMessage, callbacks.onPing, callbacks.onPong
    };
    return Arrays.stream(all)
        .filter(Objects::nonNull)
        .map(callback -> callback instanceof Decoding<?> typed ? typed.callback() : callback)
        .map(callback -> callback.getClass().getName().replaceFirst("\\$\\$Lambda.*", ""))
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
