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
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
      meanwhile, and without the attack; and how late a task comes on the server's event loop, with
      and without the loop's own waits for a processor. Server on one processor, all peers on
      another; attackers get what the others leave of it.

        --rounds N         without and with the attack, in turn; 3 unless given
        --seconds N        for each of them, 1 to 600; 5 unless given
        --cpus SERVER,LOAD the processors to pin them to; two different cores unless set
        --transport NAME   io_uring, epoll or nio; the best of them unless given
      """;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int BYSTANDERS = 50;
  private static final int WARM_UPS = 6;
  // Descriptors that a JVM opens when it first needs them.
  private static final int A_FEW = 16;

  // Before all others on their processor, kernel threads too, so that what they wait is the doing
  // of the server; for root.
  private static final List<String> FIRST = List.of("nice", "-n", "-20");
  private static final List<String> LAST = List.of("nice", "-n", "19");

  /**
   * What one in a hundred exceeds, in milliseconds.
   *
   * @param echoes how long the bystanders wait for their echoes
   * @param loop how late a task comes on the server's event loop
   * @param own the same without the loop's waits for a processor
   */
  private record Waits(double echoes, double loop, double own) {}

  private record Look(int connections, int descriptors, double late, double own) {}

  private final List<Attack> attacks = new ArrayList<>();
  private int rounds = 3;
  private int seconds = 5;
  private String transport = "auto";
  private int @Nullable [] cpus;
  // How many the server has open without besiegers.
  private int descriptors;
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
        case "--cpus" -> cpus = Cores.parse(value(arguments, ++i));
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
    Cores cores = Cores.choose(cpus);
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
    try (var server =
        Worker.start(with(FIRST, here), "4g", SiegeServer.class, transport, attack.row())) {
      String port = server.expect("port", PATIENCE);
      String running = server.expect("transport", PATIENCE);
      String address = "ws://127.0.0.1:" + port;
      try (var bystanders = Worker.start(with(FIRST, there), Bystanders.class, address);
          var besiegers = Worker.start(with(LAST, there), Besiegers.class, attack.row(), port)) {
        bystanders.expect("ready", PATIENCE);
        descriptors = look(server).descriptors();
        // Has all of it compiled and all memory found.
        for (int i = 0; i < WARM_UPS; i++) besiege(server, bystanders, besiegers);
        List<Waits> quiet = new ArrayList<>();
        List<Waits> besieged = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
          quiet.add(waits(server, bystanders));
          besieged.add(besiege(server, bystanders, besiegers));
        }
        System.out.printf(
            Locale.ROOT,
            "%-6s %s, %s, %s; %s: %,d %s (%s)%n",
            attack.row(),
            compared("echoes", Waits::echoes, quiet, besieged),
            compared("loop", Waits::loop, quiet, besieged),
            compared("its own", Waits::own, quiet, besieged),
            running,
            attack.peers(),
            attack.words(),
            came);
      }
    }
  }

  private Waits besiege(Worker server, Worker bystanders, Worker besiegers)
      throws IOException, InterruptedException {
    besiegers.tell("attack");
    Waits waits = waits(server, bystanders);
    besiegers.tell("leave");
    came = besiegers.expect("left", PATIENCE);
    untilAlone(server);
    return waits;
  }

  private Waits waits(Worker server, Worker bystanders) throws IOException, InterruptedException {
    look(server);
    bystanders.tell("" + seconds);
    String latency = bystanders.expect("latency", PATIENCE.plusSeconds(seconds));
    Look after = look(server);
    double echoes = Double.parseDouble(latency.split(" ", -1)[1]);
    return new Waits(echoes, after.late(), after.own());
  }

  private void untilAlone(Worker server) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Look now = look(server);
      if (now.connections() < BYSTANDERS) throw new IOException("a bystander lost its connection");
      if (now.descriptors() <= descriptors + A_FEW) return;
      if (System.nanoTime() > end) {
        throw new IOException((now.descriptors() - descriptors) + " descriptors stay open");
      }
      Thread.sleep(100);
    }
  }

  private static Look look(Worker server) throws IOException, InterruptedException {
    server.tell("");
    String[] words = server.expect("look", PATIENCE).split(" ", -1);
    return new Look(
        Integer.parseInt(words[0]),
        Integer.parseInt(words[1]),
        Double.parseDouble(words[2]),
        Double.parseDouble(words[3]));
  }

  private static String compared(
      String name, ToDoubleFunction<Waits> of, List<Waits> quiet, List<Waits> besieged) {
    double[] ratios = new double[quiet.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = of.applyAsDouble(besieged.get(i)) / of.applyAsDouble(quiet.get(i));
    }
    return String.format(
        Locale.ROOT,
        "%s x%.2f  %.2f -> %.2f",
        name,
        median(DoubleStream.of(ratios)),
        median(quiet.stream().mapToDouble(of)),
        median(besieged.stream().mapToDouble(of)));
  }

  private static List<String> with(List<String> before, List<String> command) {
    return Stream.concat(before.stream(), command.stream()).toList();
  }

  private static double median(DoubleStream values) {
    return requireNonNull(Spread.of(values.boxed().toList()), "no round").median();
  }
}
