package dev.priz.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SnapshotTest {
  @Test
  void isTheArenaInBytes() {
    Plug plug = new Plug(258, "Ada", false, 100.5, 1_600);
    plug.speedX = 80;
    plug.speedY = -16;
    plug.heading = Math.PI / 2;
    plug.safeUntilTick = 70_000;
    plug.steer(new Plug.Steering(7, 0, 0, 0));

    byte[] bytes = Snapshot.of(66_051, List.of(plug), List.of(new Arena.Spark(2_400, 3, 5)));

    // tick, count; id, x, y, speed, heading, flags, number; spark
    assertThat(hex(bytes))
        .isEqualTo("00010203 0001 0102 0648 6400 0afe 40 02 07 0960 0003 05".replace(" ", ""));
  }

  @Test
  void tellsWhoIsAway() {
    Plug plug = new Plug(1, "Ada", false, 0, 0);
    plug.vanishesAtTick = 200;

    byte[] bytes = Snapshot.of(1, List.of(plug), List.of());

    assertThat(hex(bytes)).isEqualTo("00000001 0001 0001 0000 0000 0000 00 04 00".replace(" ", ""));
  }

  @Test
  void tellsTheGreatestSpeedInPlaceOfAGreater() {
    Plug plug = new Plug(1, "Ada", false, 0, 0);
    plug.speedX = 5_000;
    plug.speedY = -5_000;

    byte[] bytes = Snapshot.of(1, List.of(plug), List.of());

    assertThat(hex(bytes)).contains("7f80");
  }

  @Test
  void readsHowAPageSteers() {
    Plug.Steering steering = Snapshot.steering(HexFormat.of().parseHex("ff40ff09"));

    assertThat(steering.number()).isEqualTo(255);
    assertThat(steering.direction()).isCloseTo(Math.PI / 2, within(1e-9));
    assertThat(steering.power()).isEqualTo(1);
    assertThat(steering.dashes()).isEqualTo(9);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 5, 60_000})
  void knowsNoOtherLengths(int length) {
    assertThat(Snapshot.steering(new byte[length])).isNull();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
