package dev.priz.conformance.interop;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test class that leaves threads or processes behind. */
final class NothingLeft implements BeforeAllCallback, AfterAllCallback {
  // These end by themselves, or serve the whole JVM.
  private static final Pattern SHARED =
      Pattern.compile("(junit|VirtualThread|ForkJoinPool|OkHttp|Okio|process reaper).*");

  private final Set<Thread> before = new HashSet<>();

  @Override
  public void beforeAll(ExtensionContext context) {
    before.addAll(Thread.getAllStackTraces().keySet());
  }

  @Override
  public void afterAll(ExtensionContext context) throws InterruptedException {
    Set<Thread> left =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> !before.contains(thread))
            .filter(thread -> !SHARED.matcher(thread.getName()).matches())
            .collect(toCollection(HashSet::new));
    long deadlineNanos = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    for (Thread thread : left) {
      thread.join(Duration.ofNanos(Math.max(1, deadlineNanos - System.nanoTime())));
    }
    left.removeIf(thread -> !thread.isAlive());
    assertThat(left).isEmpty();
    assertThat(ProcessHandle.current().children()).isEmpty();
  }
}
