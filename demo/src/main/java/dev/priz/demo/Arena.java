package dev.priz.demo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The world of the game and its rules: plugs glide and collect sparks, one that dashes into another
 * knocks some out of it, and a round lasts two minutes. Time is counted in ticks and chance is
 * given, so the same inputs make the same game. For use by one thread.
 */
final class Arena {
  static final int TICKS_PER_SECOND = 20;
  static final int WIDTH = 2_400;
  static final int HEIGHT = 1_600;
  static final int MAX_PLAYERS = 100;

  /** Who is away for longer has left. */
  static final int AWAY_TICKS = 10 * TICKS_PER_SECOND;

  static final int ROUND_TICKS = 120 * TICKS_PER_SECOND;

  private static final int LEAST_PLUGS = 8;
  private static final int LEAST_SPARKS = 80;
  private static final double SPARK_RADIUS = 12;
  private static final int WALL_DISTANCE = 40;
  private static final int BIG_SPARK = 5;
  private static final int BIG_SPARK_CHANCE = 15;
  private static final int KNOCKED_OUT = 3;
  private static final int SAFE_TICKS = 2 * TICKS_PER_SECOND;
  private static final int MAX_ID = 0xffff;

  private final RandomGenerator random;
  private final Map<Integer, Plug> plugs = new LinkedHashMap<>();
  private final Map<String, Plug> owners = new HashMap<>();
  private final List<Spark> sparks = new ArrayList<>();
  private int tick;
  private int round;
  private int roundEndsAtTick;
  private int lastId;
  private @Nullable Winner winner;

  /** Something to collect, worth one point or more. Where it is tells it from the others. */
  record Spark(int x, int y, int worth) {}

  /** Who had the most points at the end of the last round. */
  record Winner(int id, String name, int score) {}

  /** What someone plays with, and whether it is back with what it had. */
  record Entrance(Plug plug, boolean isBack) {}

  /** An arena of bots. */
  Arena(RandomGenerator random) {
    this.random = random;
    while (sparks.size() < LEAST_SPARKS) addSpark();
    keepBots();
    beginRound(null);
  }

  /**
   * Gives someone a plug: the one it had, unless that has vanished, or a new one.
   *
   * @param token tells who it is; nobody else gets to know it
   * @return null if there are enough players
   */
  @Nullable Entrance enter(String token, String name) {
    // Bots that had played by themselves would be far ahead of the first who comes.
    if (isDeserted()) beginRound(null);
    Plug owned = owners.get(token);
    if (owned == null && owners.size() >= MAX_PLAYERS) return null;
    Plug plug = owned == null ? add(name, false) : owned;
    plug.changePilot();
    plug.name = name;
    plug.vanishesAtTick = Integer.MAX_VALUE;
    owners.put(token, plug);
    keepBots();
    return new Entrance(plug, owned != null);
  }

  /** Leaves a plug alone, which vanishes unless its player comes back soon. */
  void leave(Plug plug) {
    plug.changePilot();
    plug.vanishesAtTick = tick + AWAY_TICKS;
  }

  /** Lets a twentieth of a second pass. */
  void tick() {
    tick++;
    if (owners.values().removeIf(this::hasVanished)) keepBots();
    for (Plug plug : plugs.values()) {
      if (plug.isBot) plug.steer(Bots.steer(plug, sparks));
      plug.move(tick);
    }
    bumpAll();
    plugs.values().forEach(this::collect);
    if (sparks.size() < LEAST_SPARKS + owners.size()) addSpark();
    if (tick == roundEndsAtTick) endRound();
  }

  int now() {
    return tick;
  }

  int round() {
    return round;
  }

  int secondsLeft() {
    return Math.ceilDiv(roundEndsAtTick - tick, TICKS_PER_SECOND);
  }

  /** Who won the last round, or null if nobody has. */
  @Nullable Winner winner() {
    return winner;
  }

  /** Whether all are bots. */
  boolean isDeserted() {
    return owners.isEmpty();
  }

  Collection<Plug> plugs() {
    return Collections.unmodifiableCollection(plugs.values());
  }

  List<Spark> sparks() {
    return Collections.unmodifiableList(sparks);
  }

  private boolean hasVanished(Plug plug) {
    return tick >= plug.vanishesAtTick && plugs.remove(plug.id) != null;
  }

  // People take the places of bots, those with the fewest points first.
  private void keepBots() {
    while (plugs.size() < LEAST_PLUGS) add(Bots.name(plugs.values()), true);
    if (plugs.size() == LEAST_PLUGS) return;
    plugs.values().stream()
        .filter(plug -> plug.isBot)
        .min(Comparator.comparingInt(bot -> bot.score))
        .ifPresent(bot -> plugs.remove(bot.id));
  }

  private Plug add(String name, boolean isBot) {
    do lastId = lastId % MAX_ID + 1;
    while (plugs.containsKey(lastId));
    int x = anywhere(WIDTH);
    int y = anywhere(HEIGHT);
    Plug plug = new Plug(lastId, name, isBot, x, y);
    plug.heading = random.nextDouble(2 * Math.PI);
    plug.safeUntilTick = tick + SAFE_TICKS;
    plugs.put(plug.id, plug);
    return plug;
  }

  private void addSpark() {
    int worth = random.nextInt(BIG_SPARK_CHANCE) == 0 ? BIG_SPARK : 1;
    sparks.add(new Spark(anywhere(WIDTH), anywhere(HEIGHT), worth));
  }

  private int anywhere(int size) {
    return random.nextInt(WALL_DISTANCE, size - WALL_DISTANCE);
  }

  // Each with each: for a hundred, 4,950 comparisons.
  private void bumpAll() {
    List<Plug> all = List.copyOf(plugs.values());
    for (int i = 0; i < all.size(); i++) {
      for (Plug other : all.subList(i + 1, all.size())) {
        Plug plug = all.get(i);
        if (!plug.bump(other)) continue;
        if (plug.isDashing(tick)) knockOut(other);
        if (other.isDashing(tick)) knockOut(plug);
      }
    }
  }

  private void knockOut(Plug victim) {
    if (victim.isSafe(tick) || victim.isAway()) return;
    int lost = Math.min(victim.score, KNOCKED_OUT);
    victim.score -= lost;
    victim.safeUntilTick = tick + SAFE_TICKS;
    for (int i = 0; i < lost; i++) sparks.add(near(victim));
  }

  private Spark near(Plug plug) {
    double direction = random.nextDouble(2 * Math.PI);
    double distance = random.nextDouble(3 * Plug.RADIUS, 7 * Plug.RADIUS);
    double x = plug.x + Math.cos(direction) * distance;
    double y = plug.y + Math.sin(direction) * distance;
    return new Spark(inside(x, WIDTH), inside(y, HEIGHT), 1);
  }

  private static int inside(double place, int size) {
    return Math.clamp(Math.round(place), WALL_DISTANCE, size - WALL_DISTANCE);
  }

  private void collect(Plug plug) {
    if (plug.isAway()) return;
    sparks.removeIf(spark -> {
      boolean found = plug.touches(spark.x(), spark.y(), SPARK_RADIUS);
      if (found) plug.score += spark.worth();
      return found;
    });
  }

  private void endRound() {
    Plug best = Collections.max(plugs.values(), Comparator.comparingInt(plug -> plug.score));
    beginRound(best.score == 0 ? null : new Winner(best.id, best.name, best.score));
  }

  private void beginRound(@Nullable Winner ofTheLast) {
    winner = ofTheLast;
    plugs.values().forEach(plug -> plug.score = 0);
    round++;
    roundEndsAtTick = tick + ROUND_TICKS;
  }
}
