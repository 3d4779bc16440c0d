package dev.priz.rows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Notes which rows of the catalogue each test class has tested, and how that went: a line such as
 * {@code HS-02 SUCCESSFUL} in a file named after the class, in the folder that the system property
 * {@value #FOLDER} names. JUnit finds it through {@code META-INF/services}.
 */
public final class RowListener implements TestExecutionListener {
  /** The system property with the folder for the files; without it, nothing is noted. */
  public static final String FOLDER = "rows.folder";

  // Each class's verdicts, such as "HS-02 SUCCESSFUL"; several where a row has several tests.
  private final Map<String, Set<String>> verdicts = new TreeMap<>();
  private TestPlan plan;

  @Override
  public void testPlanExecutionStarted(TestPlan started) {
    plan = started;
  }

  @Override
  public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
    boolean failedBefore =
        test.isContainer() && result.getStatus() != TestExecutionResult.Status.SUCCESSFUL;
    if (!test.isTest() && !failedBefore) return;
    note(test, result.getStatus().name());
  }

  @Override
  public synchronized void executionSkipped(TestIdentifier test, String reason) {
    note(test, "SKIPPED");
  }

  @Override
  public synchronized void testPlanExecutionFinished(TestPlan finished) {
    String folder = System.getProperty(FOLDER);
    if (folder == null) return;
    verdicts.forEach((testClass, lines) -> write(Path.of(folder), testClass, lines));
    verdicts.clear();
  }

  // A test belongs to the rows that its own name begins with, or that of what it is a part of.
  private void note(TestIdentifier test, String verdict) {
    String testClass = testClass(test);
    if (testClass == null) return;
    var rows = new TreeSet<>(RowIds.of(test.getDisplayName()));
    for (var parent = plan.getParent(test); parent.isPresent(); parent = plan.getParent(parent.get())) {
      rows.addAll(RowIds.of(parent.get().getDisplayName()));
    }
    for (String row : rows) {
      verdicts.computeIfAbsent(testClass, name -> new TreeSet<>()).add(row + " " + verdict);
    }
  }

  private static String testClass(TestIdentifier test) {
    return switch (test.getSource().orElse(null)) {
      case MethodSource method -> method.getClassName();
      case ClassSource type -> type.getClassName();
      case null, default -> null;
    };
  }

  private static void write(Path folder, String testClass, Set<String> lines) {
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve(testClass), List.copyOf(lines));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }
}
