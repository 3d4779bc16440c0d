package dev.priz.benchmarks;

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
            "a TCP echo in C on epoll, without any protocol"));
    for (String style : List.of("callbacks", "loop")) {
      for (String transport : List.of("io_uring", "epoll", "nio")) {
        String name = style.equals("loop") ? "priz-loop-" : "priz-";
        add(name + transport, Family.PRIZ, "", "PrizEcho", transport, style);
      }
    }
    for (String transport : List.of("io_uring", "epoll", "nio")) {
      add("netty-" + transport, Family.OTHER, "", "NettyEcho", transport);
    }
    add("vertx", Family.OTHER, "with its native transport, epoll", "VertxEcho");
    add(
        "helidon",
        Family.OTHER,
        "has no event loop: a virtual thread for each connection",
        "HelidonEcho");
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
    List<String> command = new ArrayList<>(java);
    command.add(PACKAGE + program);
    command.add("{port}");
    command.addAll(List.of(args));
    servers.add(new Server(name, family, List.copyOf(command), note));
  }

  /** Adds a server from the command line; the shell takes its command apart. */
  void invite(String name, String command) {
    servers.add(new Server(name, Family.GUEST, List.of("bash", "-c", "exec " + command), command));
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
