package dev.priz.benchmarks.soak;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** The process that makes the load. Tells what it did once a second. Ends with its input. */
public final class SoakLoad {
  private static final long TURN_NANOS = 10_000_000;
  private static final long SECOND_NANOS = 1_000_000_000;

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final Tally tally = new Tally();
  private final Crowd crowd;
  private final Mob mob;
  private final int connections;
  private final double misdeedsPerSecond;
  private volatile boolean wanted;
  private volatile boolean wave;
  private boolean drained = true;
  private long lastNanos = System.nanoTime();
  private long lastCpuNanos = system.getProcessCpuTime();

  private SoakLoad(String... args) throws IOException {
    connections = Integer.parseInt(args[0]);
    double messagesPerSecond = Double.parseDouble(args[1]);
    misdeedsPerSecond = Double.parseDouble(args[2]);
    long seed = Long.parseLong(args[3]);
    List<String> addresses = Arrays.asList(args).subList(4, args.length);
    crowd = new Crowd(addresses, seed, messagesPerSecond, tally);
    mob = new Mob(addresses, seed + 1, tally);
  }

  /**
   * Makes load when it is told to.
   *
   * @param args connections, messages and misdeeds a second, seed, and the servers' addresses, the
   *     one with TLS at last
   */
  public static void main(String[] args) throws IOException {
    var load = new SoakLoad(args);
    Thread.ofPlatform().daemon().name("soak-pacer").start(load::pace);
    var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      switch (line) {
        case "load" -> load.wanted = true;
        case "drain" -> load.wanted = false;
        case "wave" -> load.wave = true;
        default -> throw new IllegalArgumentException("unknown command \"" + line + "\"");
      }
    }
    // The connections need no farewell; what started this process is gone or done.
    Runtime.getRuntime().halt(0);
  }

  private void pace() {
    long turnNanos = System.nanoTime();
    while (true) {
      LockSupport.parkNanos(TURN_NANOS);
      long nowNanos = System.nanoTime();
      turn((nowNanos - turnNanos) / 1e9);
      turnNanos = nowNanos;
      if (nowNanos - lastNanos >= SECOND_NANOS) tell(nowNanos);
    }
  }

  private void turn(double seconds) {
    crowd.turn(wanted ? connections : 0, seconds);
    if (wanted) {
      mob.turn(misdeedsPerSecond, seconds);
      drained = false;
      if (wave) {
        wave = false;
        crowd.speakAll();
      }
    } else if (!drained) {
      mob.disperse();
      drained = crowd.isEmpty() && tally.value(Figure.PEERS) == 0;
      if (drained) say("drained");
    }
  }

  private void tell(long nowNanos) {
    Map<Figure, Double> values = new EnumMap<>(tally.sample());
    long cpuNanos = system.getProcessCpuTime();
    values.put(Figure.LOAD_CPU, (double) (cpuNanos - lastCpuNanos) / (nowNanos - lastNanos));
    lastCpuNanos = cpuNanos;
    lastNanos = nowNanos;
    say("sample " + new Figures(values).words());
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
