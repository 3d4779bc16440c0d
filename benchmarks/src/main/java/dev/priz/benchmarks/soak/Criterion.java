package dev.priz.benchmarks.soak;

import dev.priz.benchmarks.soak.Timeline.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One of the things that a run is judged by.
 *
 * @param before the first figure, in words
 * @param after the figure that is compared with it
 * @param allowed what it may be
 */
record Criterion(String name, boolean passed, String before, String after, String allowed) {
  /** How much more than before there may be. */
  static final double TOLERANCE = 0.05;

  /** The longest p99 of the event loops' delay. */
  static final double MOST_DELAY_MILLIS = 50;

  /** The longest time from the first message that is not read to the end of the connection. */
  static final double MOST_STALL_SECONDS = 20;

  private static final double LEAST_LOAD = 0.95;

  /** Judges a run. */
  static List<Criterion> of(Timeline timeline, SoakOptions options) {
    List<Criterion> criteria = new ArrayList<>();
    criteria.add(back("heap after full GC", timeline, Figure.LIVE));
    criteria.add(back("Netty's direct memory", timeline, Figure.NETTY_DIRECT));
    criteria.add(back("the JDK's direct buffers", timeline, Figure.JDK_DIRECT));
    criteria.add(back("resident size", timeline, Figure.RESIDENT));
    criteria.add(back("threads", timeline, Figure.THREADS));
    criteria.add(back("descriptors", timeline, Figure.DESCRIPTORS));
    criteria.add(none("connections that are left", timeline.after(), Figure.CONNECTIONS));
    criteria.add(delay(timeline));
    criteria.add(slowReaders(timeline));
    Figures last = timeline.samples().getLast().figures();
    for (Figure figure :
        List.of(Figure.WRONG, Figure.UNANSWERED, Figure.LOST, Figure.REFUSED, Figure.OVERDUE)) {
      criteria.add(none(figure.label(), last, figure));
    }
    criteria.add(load("connections", timeline.median(Figure.CONNECTIONS), options.connections()));
    criteria.add(load("messages a second", timeline.median(Figure.MESSAGES), options.rate()));
    return criteria;
  }

  private static Criterion back(String name, Timeline timeline, Figure figure) {
    double before = timeline.before().value(figure);
    double after = timeline.after().value(figure);
    Figure.Unit unit = figure.unit();
    return new Criterion(
        name,
        after <= before * (1 + TOLERANCE),
        unit.format(before),
        unit.format(after),
        String.format(Locale.ROOT, "+%.0f %%, is %s", TOLERANCE * 100, change(before, after)));
  }

  private static String change(double before, double after) {
    if (before == after) return "the same";
    if (before == 0) return "new";
    return String.format(Locale.ROOT, "%+.1f %%", 100 * (after / before - 1));
  }

  private static Criterion none(String name, Figures figures, Figure figure) {
    double value = figures.value(figure);
    return new Criterion(name, value == 0, "", figure.unit().format(value), "none");
  }

  private static Criterion delay(Timeline timeline) {
    Sample worst = timeline.highest(Figure.LOOP_P99);
    double millis = worst.value(Figure.LOOP_P99);
    return new Criterion(
        "event loops' delay, the worst p99 of 10 s",
        millis < MOST_DELAY_MILLIS,
        "",
        String.format(
            Locale.ROOT,
            "%.1f ms at %s, %.1f ms of its own at worst",
            millis,
            Clock.words(worst.seconds()),
            timeline.highest(Figure.LOOP_OWN_P99).value(Figure.LOOP_OWN_P99)),
        String.format(Locale.ROOT, "under %.0f ms", MOST_DELAY_MILLIS));
  }

  private static Criterion slowReaders(Timeline timeline) {
    double count = timeline.last(Figure.GIVEN_UP);
    double seconds = timeline.last(Figure.GIVEN_UP_AFTER);
    return new Criterion(
        "slow readers given up",
        count > 0 && seconds <= MOST_STALL_SECONDS,
        "",
        String.format(Locale.ROOT, "%,.0f, after %.1f s at most", count, seconds),
        String.format(Locale.ROOT, "some, after %.0f s at most", MOST_STALL_SECONDS));
  }

  private static Criterion load(String name, double median, double wanted) {
    return new Criterion(
        "the load: " + name,
        median >= wanted * LEAST_LOAD,
        String.format(Locale.ROOT, "%,.0f wanted", wanted),
        String.format(Locale.ROOT, "%,.0f, median", median),
        "95 % of it");
  }
}
