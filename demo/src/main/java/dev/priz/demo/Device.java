package dev.priz.demo;

import dev.priz.TopicClient;
import dev.priz.TopicClientBuilder;
import dev.priz.topic.Publication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A simulated device: a client of topics as any other, with a connection of its own, which only
 * happens to live in the program of the server. It measures, reports, and does what it is told.
 *
 * <p>What it measures is a random walk with a goal: it goes two thirds of the way to the target, or
 * to where things come to rest without the device if it is off, in ten seconds, and strays a
 * little.
 */
final class Device implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final double INERTIA_NANOS = 10e9;

  /** What a device is for. */
  enum Kind {
    HEATER("°C", 11, 12, 32, 22, 0.15),
    LAMP("klx", 2, 4, 20, 12, 0.25),
    MISTER("%", 38, 45, 95, 74, 0.9),
    PUMP("l/min", 0, 1, 12, 6, 0.12),
    VALVE("%", 17, 20, 60, 38, 0.5),
    VENT("%", 0, 5, 100, 35, 0.6);

    final String unit;
    final double rest;
    final double low;
    final double high;
    final double usual;
    final double noise;

    Kind(String unit, double rest, double low, double high, double usual, double noise) {
      this.unit = unit;
      this.rest = rest;
      this.low = low;
      this.high = high;
      this.usual = usual;
      this.noise = noise;
    }
  }

  private final String house;
  private final Kind kind;
  private final TopicClient topics;
  private final Thread thread = Thread.ofVirtual().name("iot device").unstarted(this::live);
  private final List<String> done = new ArrayList<>();
  private double value;
  private double target;
  private boolean on = true;
  private int seconds = ThreadLocalRandom.current().nextBoolean() ? 2 : 5;
  private long measuredNanos = System.nanoTime();
  private CompletableFuture<?> returning = CompletableFuture.completedFuture(null);

  /**
   * What a device reports.
   *
   * @param low the least that the target may be
   * @param high the most
   * @param seconds between two reports, about
   * @param time milliseconds since 1970
   * @param late whether there was no connection when it was measured
   * @param done the commands that the device has followed since the report before
   */
  record Reading(
      String device,
      String house,
      String kind,
      String unit,
      double low,
      double high,
      double value,
      double target,
      boolean on,
      int seconds,
      long time,
      boolean late,
      List<String> done) {}

  /** A device that is not on yet. */
  Device(String house, Kind kind, TopicClientBuilder connection) {
    this.house = house;
    this.kind = kind;
    target = Math.rint(kind.usual + 4 * kind.noise * ThreadLocalRandom.current().nextGaussian());
    value = target;
    topics = connection.connect();
  }

  /** Its name in topics, such as {@code citrus-lamp}. */
  String id() {
    return house + "-" + name(kind);
  }

  /** Switches it on: it listens, and reports from now on. */
  void start() {
    topics.subscription("iot/online").present("\"" + id() + "\"").start();
    topics.subscribe("iot/" + id() + "/commands", command -> obey(JSON.readTree(command.text())));
    thread.start();
  }

  /** Cuts its connection; it goes on measuring, and is plugged in again after a while. */
  synchronized void unplug(Duration time) {
    returning.cancel(false);
    Executor later = CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS);
    returning = CompletableFuture.runAsync(this::plugIn, later);
    topics.disconnect();
  }

  /** Connects it again. What it has measured meanwhile is sent, and what it was told comes. */
  synchronized void plugIn() {
    returning.cancel(false);
    topics.reconnect();
  }

  @Override
  public void close() {
    thread.interrupt();
    topics.close();
  }

  private synchronized void obey(JsonNode command) {
    on = command.path("on").asBoolean(on);
    target = Math.clamp(command.path("target").asDouble(target), kind.low, kind.high);
    seconds = Math.clamp(command.path("seconds").asInt(seconds), 1, 60);
    done.add(command.path("id").asString(""));
    LockSupport.unpark(thread); // reports at once what it has done
  }

  private void live() {
    while (!Thread.currentThread().isInterrupted()) {
      report();
      LockSupport.parkNanos(waitNanos());
    }
  }

  private synchronized void report() {
    measure();
    boolean late = !(topics.state() instanceof TopicClient.State.Open);
    var reading =
        new Reading(
            id(),
            house,
            name(kind),
            kind.unit,
            kind.low,
            kind.high,
            rounded(value),
            rounded(target),
            on,
            seconds,
            System.currentTimeMillis(),
            late,
            List.copyOf(done));
    done.clear();
    // Waits for the connection if there is none, and arrives once however often that is lost.
    topics.publish("iot/readings", Publication.json(JSON.writeValueAsString(reading)).key(id()));
  }

  private void measure() {
    long now = System.nanoTime();
    double way = 1 - Math.exp((measuredNanos - now) / INERTIA_NANOS);
    measuredNanos = now;
    double goal = on ? target : kind.rest;
    double stray = kind.noise * ThreadLocalRandom.current().nextGaussian() * Math.sqrt(way);
    value = Math.max(0, value + way * (goal - value) + 2 * stray);
  }

  private synchronized long waitNanos() {
    // About, or all would report in step.
    double about = 0.8 + 0.4 * ThreadLocalRandom.current().nextDouble();
    return (long) (TimeUnit.SECONDS.toNanos(seconds) * about);
  }

  private static String name(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
