package dev.priz.benchmarks;

import dev.priz.benchmarks.Server.Deflate;
import dev.priz.benchmarks.Server.Family;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** All servers that there are to choose from. */
final class Lineup {
  private static final String PACKAGE = "dev.priz.benchmarks.server.";
  private static final String POOL =
      "its endpoints run on a pool of threads, which has no least size";

  private final List<Server> servers = new ArrayList<>();
  private final List<String> java;

  /**
   * The servers of this module.
   *
   * @param java the command that starts a Java program, up to the name of its class
   * @param rawEcho the program of the floor
   */
  Lineup(List<String> java, Path rawEcho) {
    this.java = java;
    servers.add(
        new Server(
            "raw",
            Family.FLOOR,
            List.of("" + rawEcho, "{port}"),
            Deflate.CAN,
            "a TCP echo in C on epoll, without any protocol"));
    for (String style : List.of("callbacks", "loop")) {
      for (String transport : List.of("io_uring", "epoll", "nio")) {
        String name = style.equals("loop") ? "priz-loop-" : "priz-";
        add(name + transport, Family.PRIZ, "", "PrizEcho", transport, style);
      }
    }
    addForDeflate(
        "priz-dedicated-io_uring",
        Family.PRIZ,
        "compresses with memory for each connection, within 4 KiB",
        command("PrizEcho", "io_uring", "callbacks", "dedicated"));
    for (String transport : List.of("io_uring", "epoll", "nio")) {
      add("netty-" + transport, Family.OTHER, "", "NettyEcho", transport);
    }
    addForDeflate(
        "netty-alone-io_uring",
        Family.OTHER,
        "compresses each message by itself, as Priz does by default",
        command("NettyEcho", "io_uring", "alone"));
    add("vertx", Family.OTHER, "with its native transport, epoll", "VertxEcho");
    servers.add(
        new Server(
            "helidon",
            Family.OTHER,
            command("HelidonEcho"),
            Deflate.CANNOT,
            "has no event loop: a virtual thread for each connection; does not compress"));
    add("undertow", Family.OTHER, "", "UndertowEcho");
    add("tomcat", Family.OTHER, POOL, "TomcatEcho");
    add("jetty", Family.OTHER, POOL, "JettyEcho");
    add(
        "java-websocket",
        Family.OTHER,
        "a decoder thread beside its selector, as it demands",
        "JavaWebSocketEcho");
  }

  private void add(String name, Family family, String note, String program, String... args) {
    servers.add(new Server(name, family, command(program, args), Deflate.CAN, note));
  }

  private void addForDeflate(String name, Family family, String note, List<String> command) {
    servers.add(new Server(name, family, command, Deflate.ONLY, note));
  }

  private List<String> command(String program, String... args) {
    List<String> command = new ArrayList<>(java);
    command.add(PACKAGE + program);
    command.add("{port}");
    command.addAll(List.of(args));
    return List.copyOf(command);
  }

  /** Adds a server from the command line; the shell takes its command apart. */
  void invite(String name, String command) {
    List<String> words = List.of("bash", "-c", "exec " + command);
    servers.add(new Server(name, Family.GUEST, words, Deflate.CAN, command));
  }

  /** All names. */
  List<String> names() {
    return servers.stream().map(Server::name).toList();
  }

  /**
   * The servers of these names; {@code netty} stands for all whose name begins with {@code netty-}.
   *
   * @param names all servers if empty
   * @throws IllegalArgumentException if there is none of a name
   */
  List<Server> named(List<String> names) {
    if (names.isEmpty()) return List.copyOf(servers);
    Set<Server> chosen = new LinkedHashSet<>();
    for (String name : names) {
      List<Server> meant =
          servers.stream()
              .filter(server -> server.name().equals(name) || server.name().startsWith(name + "-"))
              .toList();
      if (meant.isEmpty()) {
        throw new IllegalArgumentException(
            "no server \"" + name + "\"; there are " + String.join(", ", names()));
      }
      chosen.addAll(meant);
    }
    // The floor first, so that a round begins with it.
    List<Server> ordered = new ArrayList<>(chosen);
    ordered.sort((a, b) -> Boolean.compare(b.family() == Family.FLOOR, a.family() == Family.FLOOR));
    return ordered;
  }
}
