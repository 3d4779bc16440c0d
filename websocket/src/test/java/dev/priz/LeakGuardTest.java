package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.IllegalReferenceCountException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The guard that fails each class of tests which leaves a buffer unreleased. */
final class LeakGuardTest {
  // Not tests of their own: the names of nested classes are passed over when tests are looked for.

  static final class RetainsTwice {
    @Test
    void leaks() {
      ByteBuf buffer = ByteBufAllocator.DEFAULT.buffer(16).retain();
      assertThat(buffer.release()).isFalse();
    }
  }

  static final class ReleasesAll {
    @Test
    void leaksNothing() {
      assertThat(ByteBufAllocator.DEFAULT.buffer(16).release()).isTrue();
    }
  }

  @Test
  @DisplayName("AP-10 fails a class that retains a buffer once more than it releases it")
  void findsALeak() {
    assertThat(failuresOf(RetainsTwice.class))
        .singleElement()
        .satisfies(failure ->
            assertThat(failure)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("1 leak(s) found after"));
  }

  @Test
  void passesWhatReleasesAll() {
    assertThat(failuresOf(ReleasesAll.class)).isEmpty();
  }

  @Test
  @DisplayName("AP-10 a buffer that is released twice throws at once")
  void releasingTwiceThrows() {
    ByteBuf buffer = ByteBufAllocator.DEFAULT.buffer(16);
    assertThat(buffer.release()).isTrue();

    assertThatThrownBy(buffer::release).isInstanceOf(IllegalReferenceCountException.class);
  }

  private static List<Throwable> failuresOf(Class<?> tests) {
    var listener = new SummaryGeneratingListener();
    var request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(tests))
            .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "true")
            .build();
    var config =
        LauncherConfig.builder()
            .enableTestExecutionListenerAutoRegistration(false)
            .enableLauncherSessionListenerAutoRegistration(false)
            .build();
    LauncherFactory.create(config).execute(request, listener);
    return listener.getSummary().getFailures().stream().map(each -> each.getException()).toList();
  }
}
