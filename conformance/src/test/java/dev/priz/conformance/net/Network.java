package dev.priz.conformance.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A network namespace and a link to it. Both are gone when this is closed; what a run has left that
 * was killed is removed by the next one, which knows it by its process id.
 */
final class Network implements AutoCloseable {
  private static final Pattern NAME = Pattern.compile("priz-(\\d+)-\\d+.*");
  private static final String OBSTACLE = "network namespaces do not work here: ";

  // Its own namespace, so its own names.
  private static final String THERE = "eth0";
  private static final AtomicInteger OPENED = new AtomicInteger();

  private final String name;
  private final String here;
  private final String subnet;
  private final int first;
  private @Nullable RoughLink link;

  private Network(long pid, int number) {
    name = "priz-" + pid + "-" + number;
    here = "pz" + pid + "x" + number;
    // RFC 2544 §C.2.2 sets 198.18.0.0/15 aside for tests; four addresses each.
    int start = (int) ((pid * 8 + number) % (1 << 14)) * 4;
    subnet = "198.18." + (start >> 8) + ".";
    first = start & 0xff;
  }

  /** Opens one, or aborts the test that runs, saying why. */
  static Network open() throws IOException {
    return open(null);
  }

  /** Opens one with such a link to it, or aborts the test that runs, saying why. */
  static Network open(RoughLink.@Nullable Faults faults) throws IOException {
    try {
      removeLeftovers();
    } catch (IOException missing) {
      throw abort("there is no command ip (iproute2)");
    }
    var network = new Network(ProcessHandle.current().pid(), OPENED.getAndIncrement() % 8);
    try {
      network.make(faults);
    } catch (IllegalStateException | IOException forbidden) {
      network.close();
      throw abort(String.valueOf(forbidden.getMessage()));
    }
    return network;
  }

  /** The address of this end. */
  String address() {
    return subnet + (first + 1);
  }

  /** The link to it, if it has been opened with faults. */
  RoughLink link() {
    return requireNonNull(link, "a good link");
  }

  /** Starts the peer program at the other end. */
  Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", name));
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(NetworkPeer.class.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Takes the other end of the link down: nothing arrives any more, and nobody is told. */
  void cut() throws IOException {
    run("ip", "-n", name, "link", "set", THERE, "down");
  }

  /** Removes it all. */
  @Override
  public void close() throws IOException {
    if (link != null) link.close();
    var unused = execute(List.of("ip", "link", "del", here));
    remove(name);
  }

  private void make(RoughLink.@Nullable Faults faults) throws IOException {
    run("ip", "netns", "add", name);
    if (faults == null) {
      run("ip", "link", "add", here, "type", "veth", "peer", "name", THERE, "netns", name);
    } else {
      link = RoughLink.open(faults, here, here + "t");
      run("ip", "link", "set", here + "t", "netns", name, "name", THERE);
    }
    run("ip", "addr", "add", subnet + (first + 1) + "/30", "dev", here);
    run("ip", "link", "set", here, "up");
    run("ip", "-n", name, "addr", "add", subnet + (first + 2) + "/30", "dev", THERE);
    run("ip", "-n", name, "link", "set", THERE, "up");
    // Netty looks for it.
    run("ip", "-n", name, "link", "set", "lo", "up");
  }

  private static void removeLeftovers() throws IOException {
    for (String line : run("ip", "netns", "list").lines().toList()) {
      Matcher left = NAME.matcher(line);
      if (left.matches() && ProcessHandle.of(Long.parseLong(left.group(1))).isEmpty()) {
        remove(line.replaceAll(" .*", ""));
      }
    }
  }

  // The end of the link here goes with the one in there, once the last process in there has gone.
  private static void remove(String name) throws IOException {
    var unused = execute(List.of("ip", "netns", "del", name));
  }

  private static String run(String... command) throws IOException {
    Result result = execute(List.of(command));
    if (result.status != 0) throw new IllegalStateException(result.text.strip());
    return result.text;
  }

  private record Result(int status, String text) {}

  private static Result execute(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Result(process.onExit().orTimeout(20, TimeUnit.SECONDS).join().exitValue(), text);
  }

  // Never returns; to be thrown so that the compiler knows.
  private static IllegalStateException abort(String reason) {
    String message = OBSTACLE + reason.replaceAll("\\s+", " ");
    System.out.println("net skipped: " + message);
    return Assumptions.abort(message);
  }
}
