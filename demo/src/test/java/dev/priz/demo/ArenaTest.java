package dev.priz.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ArenaTest {
  private static final long SEED = 20_260_101;

  private final Arena arena = new Arena(new SplittableRandom(SEED));

  @Test
  void hasEightBotsWhileNobodyPlays() {
    assertThat(arena.plugs()).hasSize(8).allMatch(plug -> plug.isBot);
    assertThat(arena.plugs().stream().map(plug -> plug.name)).doesNotHaveDuplicates();
    assertThat(arena.isDeserted()).isTrue();
  }

  @Test
  void givesTheBotsPlacesToPeople() {
    for (int i = 0; i < 10; i++) enter("player " + i);

    assertThat(arena.plugs()).hasSize(10).noneMatch(plug -> plug.isBot);
  }

  @Test
  void hasBotsThatCollect() {
    ticks(200);

    assertThat(arena.plugs().stream().mapToInt(bot -> bot.score).sum()).isPositive();
  }

  @Test
  void isTheSameForTheSameChance() {
    Arena other = new Arena(new SplittableRandom(SEED));

    for (int i = 0; i < 500; i++) {
      arena.tick();
      other.tick();
    }

    assertThat(snapshot(other)).isEqualTo(snapshot(arena));
  }

  @Test
  void keepsAllInsideWhateverTheyDo() {
    var random = new SplittableRandom(SEED);
    List<Plug> plugs = IntStream.range(0, 30).mapToObj(i -> enter("player " + i)).toList();

    for (int i = 0; i < 1_000; i++) {
      for (Plug plug : plugs) {
        plug.steer(new Plug.Steering(i, random.nextDouble(7), random.nextDouble(), i / 5));
      }
      arena.tick();

      assertThat(arena.plugs())
          .as("seed %s, tick %s", SEED, i)
          .allMatch(plug -> plug.x >= 22 && plug.x <= 2_378 && plug.y >= 22 && plug.y <= 1_578);
    }
  }

  @Test
  void speedsUpWithPowerAndGlidesWithout() {
    Plug ada = alone("Ada");

    ada.steer(new Plug.Steering(1, 0, 1, 0));
    ticks(60);
    double fast = ada.speedX;
    ada.steer(Plug.Steering.NONE);
    arena.tick();

    assertThat(fast).isCloseTo(400, within(2.0));
    assertThat(ada.speedX).isBetween(300.0, fast);
  }

  @Test
  void bouncesOffWalls() {
    Plug ada = alone("Ada");
    ada.x = 30;
    ada.speedX = -300;

    arena.tick();

    assertThat(ada.x).isEqualTo(22);
    assertThat(ada.speedX).isPositive();
  }

  @Test
  void collectsWhatIsTouched() {
    Plug ada = alone("Ada");
    Arena.Spark spark = arena.sparks().getFirst();
    ada.x = spark.x() - 30;
    ada.y = spark.y();

    arena.tick();

    assertThat(ada.score).isGreaterThanOrEqualTo(spark.worth());
    assertThat(arena.sparks()).doesNotContain(spark);
  }

  @Test
  void growsNewSparks() {
    int before = arena.sparks().size();
    ticks(600);

    assertThat(arena.sparks()).hasSizeBetween(before - 8, before);
  }

  @Test
  void dashesOnceForEachChangeOfTheCount() {
    Plug ada = alone("Ada");

    ada.steer(new Plug.Steering(1, 0, 0, 1));
    arena.tick();
    double fast = ada.speedX;
    arena.tick();

    assertThat(fast).isGreaterThan(450);
    assertThat(ada.speedX).isLessThan(fast);
  }

  @Test
  void pausesBetweenDashes() {
    Plug ada = alone("Ada");
    ada.steer(new Plug.Steering(1, 0, 0, 1));
    ticks(20);
    double slow = ada.speedX;

    ada.steer(new Plug.Steering(2, 0, 0, 2));
    arena.tick();

    assertThat(ada.speedX).isLessThan(slow);
  }

  @Test
  void knocksSparksOutOfWhomSomeoneDashesInto() {
    Plug ada = alone("Ada");
    Plug grace = beside(ada, "Grace");
    grace.score = 10;
    int before = arena.sparks().size();

    ada.steer(new Plug.Steering(1, 0, 0, 1));
    ticks(3);

    assertThat(grace.score).isBetween(7, 9);
    assertThat(grace.speedX).isPositive();
    assertThat(arena.sparks().size()).isGreaterThan(before);
  }

  @Test
  void knocksNothingOutOfWhomItHasJustHappenedTo() {
    Plug ada = alone("Ada");
    Plug grace = beside(ada, "Grace");
    grace.score = 10;
    grace.safeUntilTick = arena.now() + 10;

    ada.steer(new Plug.Steering(1, 0, 0, 1));
    ticks(3);

    assertThat(grace.score).isGreaterThanOrEqualTo(10);
  }

  @Test
  void pushesWithoutHarmWithoutADash() {
    Plug ada = alone("Ada");
    Plug grace = beside(ada, "Grace");
    grace.score = 10;

    ada.speedX = 300;
    ticks(3);

    assertThat(grace.speedX).isPositive();
    assertThat(grace.score).isGreaterThanOrEqualTo(10);
  }

  @Test
  void knowsWhoComesBackInTime() {
    Plug ada = enter("Ada");
    ada.score = 7;

    arena.leave(ada);
    ticks(Arena.AWAY_TICKS - 1);
    Arena.Entrance again = arena.enter("Ada", "Ada");

    assertThat(again.isBack()).isTrue();
    assertThat(again.plug()).isSameAs(ada);
    assertThat(ada.score).isEqualTo(7);
    assertThat(ada.isAway()).isFalse();
  }

  @Test
  void forgetsWhoComesBackTooLate() {
    Plug ada = enter("Ada");

    arena.leave(ada);
    ticks(Arena.AWAY_TICKS);
    Arena.Entrance again = arena.enter("Ada", "Ada");

    assertThat(again.isBack()).isFalse();
    assertThat(again.plug().id).isNotEqualTo(ada.id);
    assertThat(arena.plugs()).hasSize(8).doesNotContain(ada);
  }

  @Test
  void collectsNothingForWhoIsAway() {
    Plug ada = alone("Ada");
    Arena.Spark spark = arena.sparks().getFirst();
    ada.x = spark.x();
    ada.y = spark.y();

    arena.leave(ada);
    arena.tick();

    assertThat(ada.score).isZero();
  }

  @Test
  void hasRoomForAHundred() {
    Stream.iterate(0, i -> i + 1).limit(Arena.MAX_PLAYERS).forEach(i -> enter("player " + i));

    assertThat(arena.enter("one more", "One more")).isNull();
    assertThat(arena.plugs()).hasSize(Arena.MAX_PLAYERS);
  }

  @Test
  void endsARoundWithAWinnerAndNoPoints() {
    Plug ada = enter("Ada");
    int round = arena.round();
    ada.score = 10_000;

    ticks(Arena.ROUND_TICKS);

    assertThat(arena.round()).isEqualTo(round + 1);
    assertThat(arena.winner().name()).isEqualTo("Ada");
    assertThat(arena.winner().score()).isGreaterThanOrEqualTo(10_000);
    assertThat(arena.plugs()).allMatch(plug -> plug.score == 0);
    assertThat(arena.secondsLeft()).isEqualTo(120);
  }

  @Test
  void beginsARoundForTheFirstWhoComes() {
    ticks(1_000);

    enter("Ada");

    assertThat(arena.secondsLeft()).isEqualTo(120);
    assertThat(arena.plugs()).allMatch(plug -> plug.score == 0);
  }

  private Plug enter(String name) {
    return arena.enter(name, name).plug();
  }

  /** Someone in the middle, with the others far away in a corner and no longer safe. */
  private Plug alone(String name) {
    Plug plug = enter(name);
    arena.plugs().forEach(other -> other.x = other.y = 100);
    plug.x = 1_200;
    plug.y = 800;
    plug.safeUntilTick = 0;
    return plug;
  }

  /** Someone to the right of another, just out of reach. */
  private Plug beside(Plug other, String name) {
    Plug plug = enter(name);
    plug.x = other.x + 50;
    plug.y = other.y;
    plug.safeUntilTick = 0;
    return plug;
  }

  private void ticks(int count) {
    for (int i = 0; i < count; i++) arena.tick();
  }

  private static byte[] snapshot(Arena arena) {
    return Snapshot.of(arena.now(), arena.plugs(), arena.sparks());
  }
}
