package dev.priz.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The processors that server and load are pinned to.
 *
 * @param shared whether they are two threads of one core, which slow each other down
 */
public record Cores(int server, int load, boolean shared) {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String ALLOWED = "Cpus_allowed_list:";

  /**
   * The wanted processors, or two that share no core if there are such.
   *
   * @throws IllegalArgumentException if there are not two
   */
  public static Cores choose(int @Nullable [] wanted) throws IOException {
    List<Integer> allowed = allowed();
    if (wanted != null) {
      for (int processor : wanted) {
        if (!allowed.contains(processor)) {
          throw new IllegalArgumentException(
              "--cpus names " + processor + ", but there are only " + allowed);
        }
      }
      if (wanted[0] == wanted[1])
        throw new IllegalArgumentException("--cpus names the same processor twice");
      return new Cores(wanted[0], wanted[1], siblings(wanted[0]).contains(wanted[1]));
    }
    if (allowed.size() < 2) {
      throw new IllegalArgumentException(
          "one processor is not enough: server and load need one each");
    }
    int server = allowed.getFirst();
    Set<Integer> siblings = siblings(server);
    for (int processor : allowed) {
      if (!siblings.contains(processor)) return new Cores(server, processor, false);
    }
    return new Cores(server, allowed.get(1), true);
  }

  /**
   * The processors that an option names, for {@link #choose}.
   *
   * @throws IllegalArgumentException if it names anything else
   */
  public static int[] parse(String value) {
    if (!value.matches("\\d{1,4},\\d{1,4}")) {
      throw new IllegalArgumentException(
          "--cpus is '" + value + "', expected two numbers such as 0,1");
    }
    return Arrays.stream(value.split(",")).mapToInt(Integer::parseInt).toArray();
  }

  /** The numbers in a list of the kernel's, such as {@code 0,2-3}. */
  static List<Integer> numbers(String list) {
    List<Integer> numbers = new ArrayList<>();
    for (String range : list.trim().split(",", -1)) {
      String[] ends = range.split("-", -1);
      int last = Integer.parseInt(ends[ends.length - 1]);
      for (int number = Integer.parseInt(ends[0]); number <= last; number++) numbers.add(number);
    }
    return numbers;
  }

  private static List<Integer> allowed() throws IOException {
    for (String line : Files.readAllLines(STATUS)) {
      if (line.startsWith(ALLOWED)) return numbers(line.substring(ALLOWED.length()));
    }
    throw new IOException("no " + ALLOWED + " in " + STATUS);
  }

  // A processor and those that share its core.
  private static Set<Integer> siblings(int processor) throws IOException {
    Path file =
        Path.of("/sys/devices/system/cpu/cpu" + processor + "/topology/thread_siblings_list");
    if (!Files.exists(file)) return Set.of(processor);
    return numbers(Files.readString(file)).stream().collect(Collectors.toSet());
  }
}
