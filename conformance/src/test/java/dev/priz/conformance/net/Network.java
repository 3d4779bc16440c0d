package dev.priz.conformance.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    try {
      removeLeftovers();
    } catch (IOException missing) {
      throw abort("there is no command ip (iproute2)");
    }
    var network = new Network(ProcessHandle.current().pid(), OPENED.getAndIncrement() % 8);
    try {
      network.make();
    } catch (IllegalStateException forbidden) {
      network.close();
      throw abort(String.valueOf(forbidden.getMessage()));
    }
    return network;
  }

  /** The address of this end. */
  String address() {
    return subnet + (first + 1);
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

  /** Has both ends of the link do what netem is told, or aborts the test that runs. */
  void netem(String... faults) throws IOException {
    List<String> command = new ArrayList<>(List.of("qdisc", "add", "dev", here, "root", "netem"));
    command.addAll(List.of(faults));
    try {
      run(with(List.of("tc"), command));
      command.set(3, THERE);
      run(with(List.of("tc", "-n", name), command));
    } catch (IllegalStateException unknown) {
      throw abort("no netem: " + unknown.getMessage());
    } catch (IOException missing) {
      throw abort("there is no command tc (iproute2)");
    }
  }

  /** Removes it all. */
  @Override
  public void close() throws IOException {
    var unused = execute(List.of("ip", "link", "del", here));
    remove(name);
  }

  private void make() throws IOException {
    run("ip", "netns", "add", name);
    run("ip", "link", "add", here, "type", "veth", "peer", "name", THERE, "netns", name);
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

  private static String[] with(List<String> start, List<String> rest) {
    List<String> all = new ArrayList<>(start);
    all.addAll(rest);
    return all.toArray(String[]::new);
  }

  // Never returns; to be thrown so that the compiler knows.
  private static IllegalStateException abort(String reason) {
    String message = OBSTACLE + reason.replaceAll("\\s+", " ");
    System.out.println("net skipped: " + message);
    return Assumptions.abort(message);
  }
}
