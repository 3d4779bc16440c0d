package dev.priz.demo;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Those who play when few people do: they collect sparks, not too fast, and attack nobody. */
final class Bots {
  private static final List<String> NAMES =
      List.of("Volt", "Watt", "Ampere", "Ohm", "Tesla", "Joule", "Farad", "Henry");
  private static final double POWER = 0.5;
  // They aim at where they would be carried, or they would fly past.
  private static final double LOOK_AHEAD_SECONDS = 0.45;

  private Bots() {}

  /** A name for one more, which none of these has. */
  static String name(Collection<Plug> plugs) {
    Set<String> taken = plugs.stream().map(plug -> plug.name).collect(Collectors.toSet());
    return NAMES.stream().filter(name -> !taken.contains(name)).findFirst().orElse("Spare");
  }

  /** How a bot steers: to a spark that is near and to its taste. */
  static Plug.Steering steer(Plug bot, List<Arena.Spark> sparks) {
    Arena.Spark best = null;
    double least = Double.MAX_VALUE;
    for (Arena.Spark spark : sparks) {
      double cost = Math.hypot(spark.x() - bot.x, spark.y() - bot.y) * (1 + dislike(bot, spark));
      if (cost < least) {
        least = cost;
        best = spark;
      }
    }
    if (best == null) return Plug.Steering.NONE;
    double towardsX = best.x() - bot.x - bot.speedX * LOOK_AHEAD_SECONDS;
    double towardsY = best.y() - bot.y - bot.speedY * LOOK_AHEAD_SECONDS;
    return new Plug.Steering(0, Math.atan2(towardsY, towardsX), POWER, 0);
  }

  // Always the same for the two, so that a bot does not change its mind; without it, all that are
  // near a spark would go for the same.
  private static double dislike(Plug bot, Arena.Spark spark) {
    return (bot.id * 37 + spark.x() * 17 + spark.y() * 7 & 63) / 32.0;
  }
}
