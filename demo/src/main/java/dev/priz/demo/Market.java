package dev.priz.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A market that is all made up: what is traded, where, and for how much. For one thread.
 *
 * <p>The logarithm of a price walks at random (geometric Brownian motion), and is drawn back a
 * little to where it began, so that no price gets lost however long the market is open: in dt
 * seconds it moves by {@code PULL · (start − now) · dt + volatility · √dt · N(0, 1)}. Trade comes
 * in bursts: at each time, one of the goods has half of it.
 */
final class Market {
  private static final List<String> GOODS =
      List.of(
          "Amber", "Basil", "Cedar", "Dates", "Ebony", "Flax", "Ginger", "Honey", "Indigo", "Jade",
          "Kelp", "Linen", "Myrrh", "Nori", "Opal");
  private static final List<String> PLACES =
      List.of(
          "Avo", "Bry", "Cel", "Dun", "Elm", "Fen", "Gil", "Hax", "Ivo", "Jun", "Kor", "Lum", "Mir",
          "Nox", "Orr", "Pel", "Quo", "Rim", "Sul", "Tor");
  private static final double PULL = 1 / 300.0;
  private static final long MAX_BURST_MILLIS = 6_000;

  private final Random random;
  private final List<Listing> listings = new ArrayList<>();
  private int busyGood;
  private long burstEndMillis;

  /**
   * A price at a time.
   *
   * @param symbol what is traded and where, such as {@code Honey.Kor}
   * @param time milliseconds since 1970
   */
  record Price(String symbol, double price, long time) {}

  /** A market that opens at a time. */
  Market(Random random, long nowMillis) {
    this.random = random;
    for (String good : GOODS) {
      for (String place : PLACES) {
        double start = Math.log(5) + Math.log(100) * random.nextDouble();
        double volatility = 0.0008 + 0.0018 * random.nextDouble();
        listings.add(new Listing(good + "." + place, start, volatility, nowMillis));
      }
    }
  }

  /** Somewhere, something is sold: the new price of it. */
  Price trade(long nowMillis) {
    if (nowMillis >= burstEndMillis) {
      busyGood = random.nextInt(GOODS.size());
      burstEndMillis = nowMillis + random.nextLong(MAX_BURST_MILLIS);
    }
    int good = random.nextBoolean() ? busyGood : random.nextInt(GOODS.size());
    Listing traded = listings.get(good * PLACES.size() + random.nextInt(PLACES.size()));
    traded.move(nowMillis);
    return new Price(traded.symbol, traded.price(), nowMillis);
  }

  /** Moves all prices. */
  void pass(long nowMillis) {
    listings.forEach(listing -> listing.move(nowMillis));
  }

  /** All prices as they are, by symbol. */
  Map<String, Double> prices() {
    Map<String, Double> prices = new LinkedHashMap<>();
    listings.forEach(listing -> prices.put(listing.symbol, listing.price()));
    return prices;
  }

  private final class Listing {
    final String symbol;
    private final double start;
    private final double volatility;
    private double logarithm;
    private long movedMillis;

    Listing(String symbol, double start, double volatility, long nowMillis) {
      this.symbol = symbol;
      this.start = start;
      this.volatility = volatility;
      logarithm = start;
      movedMillis = nowMillis;
    }

    void move(long nowMillis) {
      double seconds = Math.max(0, nowMillis - movedMillis) / 1_000.0;
      double drawnBack = PULL * (start - logarithm) * Math.min(seconds, 1 / PULL);
      logarithm += drawnBack + volatility * Math.sqrt(seconds) * random.nextGaussian();
      movedMillis = nowMillis;
    }

    double price() {
      return Math.round(100 * Math.exp(logarithm)) / 100.0;
    }
  }
}
