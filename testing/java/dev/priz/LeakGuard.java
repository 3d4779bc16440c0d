package dev.priz;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Fails a test class when one of Netty's buffers has become garbage without having been released.
 * JUnit finds it through {@code META-INF/services}, so it watches every class.
 */
public final class LeakGuard implements BeforeAllCallback {
  private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();
  private static final long COLLECTION_MILLIS = 10_000;

  static {
    // Before the first buffer: Netty's classes make their detectors when they are loaded.
    ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new RecordingDetectors());
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    // What is stored is closed at the very end: after @AfterAll and after @AutoClose.
    AutoCloseable check = () -> failOnLeaks(context.getDisplayName());
    context.getStore(Namespace.create(LeakGuard.class)).put("check", check);
  }

  private static void failOnLeaks(String testClass) throws InterruptedException {
    // Twice: what the first collection frees may have held on to a buffer.
    collectGarbage();
    collectGarbage();
    List<String> found = new ArrayList<>();
    for (String leak = LEAKS.poll(); leak != null; leak = LEAKS.poll()) found.add(leak);
    if (!found.isEmpty()) {
      throw new AssertionError(found.size() + " leak(s) found after " + testClass + ": " + found);
    }
  }

  private static void collectGarbage() throws InterruptedException {
    var collected = new ReferenceQueue<Object>();
    var canary = new PhantomReference<>(new Object(), collected);
    try {
      System.gc();
      if (collected.remove(COLLECTION_MILLIS) == null) {
        throw new AssertionError("no garbage collection within " + COLLECTION_MILLIS + " ms");
      }
    } finally {
      Reference.reachabilityFence(canary);
    }
    // Netty looks for leaks whenever it hands out a buffer.
    ByteBufAllocator.DEFAULT.buffer().release();
  }

  private static final class RecordingDetectors extends ResourceLeakDetectorFactory {
    @Override
    @SuppressWarnings("deprecation") // the one method that Netty leaves abstract
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(
        Class<T> resource, int samplingInterval, long maxActive) {
      var detector = new ResourceLeakDetector<T>(resource, samplingInterval);
      detector.setLeakListener((type, records) -> LEAKS.add(type + ":" + records));
      return detector;
    }

    @Override
    @SuppressWarnings("deprecation")
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(
        Class<T> resource, int samplingInterval) {
      return newResourceLeakDetector(resource, samplingInterval, Long.MAX_VALUE);
    }
  }
}
