package dev.priz.benchmarks.siege;

import static java.util.Objects.requireNonNull;

import dev.priz.benchmarks.Cores;
import dev.priz.benchmarks.Machine;
import dev.priz.benchmarks.Spread;
import dev.priz.benchmarks.Worker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How long those who behave wait for their echoes without an attack and under one, in turn; {@code
 * benchmarks/siege} starts it.
 */
public final class Siege {
  private static final String USAGE =
      """
      usage: benchmarks/siege [ROW...] [--rounds N] [--seconds N] [--transport NAME]

      Attacks a server as the rows of docs/hostile.md say, all of those that are about load unless some
      are named, and tells how long 50 connections that behave, with 2,000 echoes a second, wait
      meanwhile, and without the attack. Server on one processor, all peers on another; attackers get
      what the others leave of it.

        --rounds N         without and with the attack, in turn; 3 unless given
        --seconds N        for each of them, 1 to 600; 5 unless given
        --transport NAME   io_uring, epoll or nio; the best of them unless given
      """;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int BYSTANDERS = 50;
  private static final int WARM_UPS = 3;

  private final List<Attack> attacks = new ArrayList<>();
  private int rounds = 3;
  private int seconds = 5;
  private String transport = "auto";
  // How many besiegers came the last time.
  private String came = "";

  private Siege() {}

  /**
   * Runs it.
   *
   * @param arguments as the usage says
   */
  public static void main(String[] arguments) throws InterruptedException {
    var siege = new Siege();
    try {
      if (List.of(arguments).contains("--help")) {
        System.out.print(USAGE);
        return;
      }
      siege.parse(arguments);
      siege.run();
    } catch (IllegalArgumentException nonsense) {
      System.err.println("siege: " + nonsense.getMessage() + "; see benchmarks/siege --help");
      System.exit(2);
    } catch (IOException failure) {
      System.err.println("siege: " + failure.getMessage());
      System.exit(1);
    }
  }

  private void parse(String[] arguments) {
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--rounds" -> rounds = number(arguments, ++i);
        case "--seconds" -> seconds = number(arguments, ++i);
        case "--transport" -> transport = value(arguments, ++i);
        default -> attacks.add(Attack.named(arguments[i]));
      }
    }
    if (attacks.isEmpty()) attacks.addAll(Attack.ALL);
  }

  private static int number(String[] arguments, int index) {
    String value = value(arguments, index);
    if (value.matches("[1-9]\\d{0,2}") && Integer.parseInt(value) <= 600) {
      return Integer.parseInt(value);
    }
    throw new IllegalArgumentException(
        arguments[index - 1] + " takes a number from 1 to 600, not '" + value + "'");
  }

  private static String value(String[] arguments, int index) {
    if (index < arguments.length) return arguments[index];
    throw new IllegalArgumentException(arguments[index - 1] + " needs a value");
  }

  private void run() throws IOException, InterruptedException {
    Cores cores = Cores.choose(null);
    System.out.println(Machine.description());
    System.out.printf(
        Locale.ROOT,
        "%d rounds of %d s without and %d s with each attack, p99 of %d others in ms; about %d min%n",
        rounds,
        seconds,
        seconds,
        BYSTANDERS,
        (attacks.size() * (rounds * (2 * seconds + 1) + WARM_UPS * (seconds + 1) + 5) + 30) / 60);
    for (Attack attack : attacks) run(attack, cores);
  }

  private void run(Attack attack, Cores cores) throws IOException, InterruptedException {
    List<String> here = List.of("taskset", "-c", "" + cores.server());
    List<String> there = List.of("taskset", "-c", "" + cores.load());
    List<String> last = List.of("nice", "-n", "19", "taskset", "-c", "" + cores.load());
    try (var server = Worker.start(here, SiegeServer.class, transport, attack.row())) {
      String port = server.expect("port", PATIENCE);
      String running = server.expect("transport", PATIENCE);
      try (var bystanders = Worker.start(there, Bystanders.class, "ws://127.0.0.1:" + port);
          var besiegers = Worker.start(last, Besiegers.class, attack.row(), port)) {
        bystanders.expect("ready", PATIENCE);
        // Has all of it compiled and all memory found.
        for (int i = 0; i < WARM_UPS; i++) besiege(server, bystanders, besiegers);
        List<Double> quiet = new ArrayList<>();
        List<Double> besieged = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
          quiet.add(p99(bystanders));
          besieged.add(besiege(server, bystanders, besiegers));
          ratios.add(besieged.getLast() / quiet.getLast());
        }
        System.out.printf(
            Locale.ROOT,
            "%-6s x%.2f  %.2f -> %.2f  %s: %,d %s (%s)%n",
            attack.row(),
            median(ratios),
            median(quiet),
            median(besieged),
            running,
            attack.peers(),
            attack.words(),
            came);
      }
    }
  }

  private double besiege(Worker server, Worker bystanders, Worker besiegers)
      throws IOException, InterruptedException {
    besiegers.tell("attack");
    double p99 = p99(bystanders);
    besiegers.tell("leave");
    came = besiegers.expect("left", PATIENCE);
    untilAlone(server);
    return p99;
  }

  private double p99(Worker bystanders) throws IOException, InterruptedException {
    bystanders.tell("" + seconds);
    String latency = bystanders.expect("latency", PATIENCE.plusSeconds(seconds));
    return Double.parseDouble(latency.split(" ", -1)[1]);
  }

  private static void untilAlone(Worker server) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      server.tell("");
      int connections = Integer.parseInt(server.expect("connections", PATIENCE));
      if (connections == BYSTANDERS) return;
      if (connections < BYSTANDERS) throw new IOException("a bystander lost its connection");
      if (System.nanoTime() > end) throw new IOException(connections + " connections stay");
      Thread.sleep(100);
    }
  }

  private static double median(List<Double> values) {
    return requireNonNull(Spread.of(values), "no round").median();
  }
}
