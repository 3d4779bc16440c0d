package dev.priz.benchmarks.soak;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What is left in the heap after a full collection, object by object: the used size of the heap
 * also has what the collector leaves unused between them.
 */
final class LiveHeap {
  // Rank, instances, bytes and class.
  private static final Pattern ROW = Pattern.compile("(?m)^ *\\d+: +\\d+ +(\\d+) +(\\S+)");
  private static final String FILLER = "jdk.internal.vm.Filler";

  private LiveHeap() {}

  /**
   * Collects garbage, and adds up what is left, in bytes.
   *
   * @throws IOException if the JVM does not tell
   */
  static long bytes() throws IOException {
    try {
      var name = new ObjectName("com.sun.management:type=DiagnosticCommand");
      Object histogram =
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  name,
                  "gcClassHistogram",
                  new Object[] {new String[0]},
                  new String[] {String[].class.getName()});
      return sum(String.valueOf(histogram));
    } catch (JMException failure) {
      throw new IOException("the JVM does not tell what is in its heap", failure);
    }
  }

  /** The bytes of all rows of a histogram. */
  static long sum(String histogram) {
    long sum = 0;
    Matcher row = ROW.matcher(histogram);
    while (row.find()) {
      if (!row.group(2).contains(FILLER)) sum += Long.parseLong(row.group(1));
    }
    return sum;
  }
}
