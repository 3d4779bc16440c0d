package dev.priz.benchmarks.soak;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What the load has done and seen. Any thread may count. */
final class Tally {
  private final Map<Figure, LongAdder> sinceStart = new EnumMap<>(Figure.class);
  private final Map<Figure, LongAdder> inThisSecond = new EnumMap<>(Figure.class);

  Tally() {
    for (Figure figure :
        new Figure[] {
          Figure.WRONG, Figure.UNANSWERED, Figure.LOST, Figure.REFUSED, Figure.OVERDUE, Figure.PEERS
        }) {
      sinceStart.put(figure, new LongAdder());
    }
    inThisSecond.put(Figure.JOINS, new LongAdder());
    inThisSecond.put(Figure.MISDEEDS, new LongAdder());
  }

  /** One more. */
  void count(Figure figure) {
    counter(figure).increment();
  }

  /** One peer fewer. */
  void peerLeft() {
    counter(Figure.PEERS).decrement();
  }

  /** How many there are. */
  long value(Figure figure) {
    return counter(figure).sum();
  }

  /** All of them; ends the second. */
  Map<Figure, Double> sample() {
    Map<Figure, Double> values = new EnumMap<>(Figure.class);
    sinceStart.forEach((figure, counter) -> values.put(figure, (double) counter.sum()));
    inThisSecond.forEach((figure, counter) -> values.put(figure, (double) counter.sumThenReset()));
    return values;
  }

  private LongAdder counter(Figure figure) {
    LongAdder counter = sinceStart.get(figure);
    if (counter == null) counter = inThisSecond.get(figure);
    if (counter == null) throw new IllegalArgumentException(figure + " is not the load's");
    return counter;
  }
}
