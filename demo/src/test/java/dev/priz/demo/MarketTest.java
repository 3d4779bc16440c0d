package dev.priz.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MarketTest {
  private static final long OPENING = 1_000_000;

  private final Market market = new Market(new Random(7), OPENING);

  @Test
  void trades300Symbols() {
    assertThat(market.prices()).hasSize(300);
    assertThat(market.prices().keySet())
        .allMatch(symbol -> symbol.matches("[A-Z]\\w+\\.[A-Z]\\w+"));
    assertThat(market.prices().values()).allMatch(price -> price >= 5 && price <= 500);
  }

  @Test
  void changesNothingButThePriceThatIsTraded() {
    Map<String, Double> before = market.prices();

    Market.Price traded = market.trade(OPENING + 5_000);

    Map<String, Double> expected = market.prices();
    assertThat(expected).containsEntry(traded.symbol(), traded.price());
    expected.put(traded.symbol(), before.get(traded.symbol()));
    assertThat(expected).isEqualTo(before);
    assertThat(traded.time()).isEqualTo(OPENING + 5_000);
  }

  @Test
  void staysNearWhereItBegan() {
    Map<String, Double> before = market.prices();

    for (int hour = 1; hour <= 1_000; hour++) market.pass(OPENING + hour * 3_600_000L);

    assertThat(market.prices())
        .allSatisfy((symbol, price) ->
            assertThat(price / before.get(symbol)).as(symbol).isBetween(0.5, 2.0));
  }

  @Test
  void standsStillWhileAClockIsSetBack() {
    Map<String, Double> before = market.prices();

    market.pass(OPENING - 60_000);

    assertThat(market.prices()).isEqualTo(before);
  }
}
