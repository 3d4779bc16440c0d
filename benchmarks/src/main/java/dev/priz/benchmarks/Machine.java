package dev.priz.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where and with what something was measured, without which figures mean nothing. */
public final class Machine {
  private static final Pattern OPEN_FILES = Pattern.compile("Max open files\\s+(\\d+|unlimited)");
  // The jar of each library, and what people call it.
  private static final Map<String, String> LIBRARIES =
      Map.of(
          "priz", "Priz",
          "netty-transport", "Netty",
          "undertow-core", "Undertow",
          "jetty-server", "Jetty",
          "Java-WebSocket", "Java-WebSocket",
          "vertx-core", "Vert.x",
          "helidon-webserver", "Helidon",
          "tomcat-embed-core", "Tomcat");

  private Machine() {}

  /** How many files a process may have open here. */
  public static long openFiles() throws IOException {
    Matcher matcher = OPEN_FILES.matcher(Files.readString(Path.of("/proc/self/limits")));
    if (!matcher.find() || matcher.group(1).equals("unlimited")) return Long.MAX_VALUE;
    return Long.parseLong(matcher.group(1));
  }

  /**
   * The head of the results.
   *
   * @param app the folder of all jars
   * @param extra lines about how it was measured
   */
  static List<String> header(Path app, Cores cores, List<String> jvmOptions, List<String> extra)
      throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm xxx")
            .format(ZonedDateTime.now(ZoneId.systemDefault())));
    lines.add("machine   " + processors() + ", " + memory());
    lines.add("system    " + system());
    lines.add(
        "pinned    server to processor "
            + cores.server()
            + ", load to "
            + cores.load()
            + (cores.shared()
                ? ", WHICH ARE TWO THREADS OF ONE CORE and slow each other down"
                : ""));
    lines.add(
        "Java      "
            + System.getProperty("java.vm.name")
            + " "
            + Runtime.version()
            + ", "
            + String.join(" ", jvmOptions));
    lines.add("versions  " + versions(app));
    lines.addAll(extra);
    return lines;
  }

  /** Its processors, memory and system. */
  public static String description() throws IOException {
    return processors() + ", " + memory() + ", " + system();
  }

  // Not what the JVM says, which counts those only that this process is pinned to.
  private static String processors() throws IOException {
    String model = System.getProperty("os.arch");
    int count = 0;
    for (String line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
      if (line.startsWith("model name")) model = line.substring(line.indexOf(':') + 1).trim();
      if (line.startsWith("processor")) count++;
    }
    return model + ", " + count + " processors";
  }

  private static String memory() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
      if (line.startsWith("MemTotal:")) {
        return Math.round(Long.parseLong(line.replaceAll("\\D", "")) / 1024.0 / 1024.0) + " GiB";
      }
    }
    return "unknown memory";
  }

  private static String system() throws IOException {
    Path release = Path.of("/etc/os-release");
    String name =
        !Files.exists(release)
            ? ""
            : Files.readAllLines(release).stream()
                .filter(line -> line.startsWith("PRETTY_NAME="))
                .map(line -> ", " + line.substring(12).replace("\"", ""))
                .findFirst()
                .orElse("");
    return "Linux " + System.getProperty("os.version") + name + clock();
  }

  private static String clock() throws IOException {
    Path governor = Path.of("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
    return Files.exists(governor) ? ", governor " + Files.readString(governor).trim() : "";
  }

  private static String versions(Path app) throws IOException {
    try (Stream<Path> jars = Files.list(app)) {
      return jars.map(jar -> version("" + jar.getFileName()))
          .filter(version -> !version.isEmpty())
          .sorted()
          .collect(Collectors.joining(", "));
    }
  }

  // "Netty 4.2.18.Final" for "netty-transport-4.2.18.Final.jar", nothing for what is not among the
  // libraries.
  private static String version(String jar) {
    Matcher matcher = Pattern.compile("(.+?)-(\\d[\\w.-]*)\\.jar").matcher(jar);
    String name = matcher.matches() ? LIBRARIES.get(matcher.group(1)) : null;
    return name == null ? "" : name + " " + matcher.group(2);
  }
}
