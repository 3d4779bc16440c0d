package dev.priz.netty;

import static dev.priz.netty.Admission.UNLIMITED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.netty.Admission.Verdict;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private long nanos = Long.MAX_VALUE - 5;

  @Test
  void countsTheConnectionsOfAnAddress() throws Exception {
    var admission = new Admission(UNLIMITED, 2, UNLIMITED, 1, () -> nanos);
    InetAddress guest = InetAddress.getByName("192.0.2.1");
    admission.enter(guest);

    assertThat(admission.enter(guest)).isEqualTo(Verdict.WELCOME);
    assertThat(admission.enter(guest)).isEqualTo(Verdict.TOO_MANY);
    assertThat(admission.enter(InetAddress.getByName("192.0.2.2"))).isEqualTo(Verdict.WELCOME);
    admission.leave(guest);
    assertThat(admission.enter(guest)).isEqualTo(Verdict.WELCOME);
  }

  @Test
  void takesThe64BitsOfANetworkForOneAddress() throws Exception {
    var admission = new Admission(UNLIMITED, 1, UNLIMITED, 1, () -> nanos);

    assertThat(admission.enter(InetAddress.getByName("2001:db8:1:2::1")))
        .isEqualTo(Verdict.WELCOME);
    assertThat(admission.enter(InetAddress.getByName("2001:db8:1:2:ffff::9")))
        .isEqualTo(Verdict.TOO_MANY);
    assertThat(admission.enter(InetAddress.getByName("2001:db8:1:3::1")))
        .isEqualTo(Verdict.WELCOME);
  }

  @Test
  void keepsTheRateOfAnAddressThatComesAndGoes() throws Exception {
    var admission = new Admission(UNLIMITED, UNLIMITED, 10, 3, () -> nanos);
    InetAddress guest = InetAddress.getByName("192.0.2.1");
    for (int i = 0; i < 3; i++) come(admission, guest);

    assertThat(admission.enter(guest)).isEqualTo(Verdict.TOO_FAST);
    nanos += TimeUnit.MILLISECONDS.toNanos(100);
    assertThat(admission.enter(guest)).isEqualTo(Verdict.WELCOME);
    assertThat(admission.enter(guest)).isEqualTo(Verdict.TOO_FAST);
  }

  @Test
  void spendsAHundredAnswersASecondOnWhomItRefuses() throws Exception {
    var admission = new Admission(UNLIMITED, 1, UNLIMITED, 1, () -> nanos);
    InetAddress guest = InetAddress.getByName("192.0.2.1");
    admission.enter(guest);

    for (int i = 0; i < 100; i++) {
      assertThat(admission.enter(guest)).isEqualTo(Verdict.TOO_MANY);
    }
    assertThat(admission.enter(guest)).isEqualTo(Verdict.IGNORED);
    nanos += TimeUnit.MILLISECONDS.toNanos(10);
    assertThat(admission.enter(guest)).isEqualTo(Verdict.TOO_MANY);
    assertThat(admission.enter(guest)).isEqualTo(Verdict.IGNORED);
    admission.leave(guest);
    assertThat(admission.enter(guest)).isEqualTo(Verdict.WELCOME);
  }

  @Test
  void forgetsWhoHasGone() throws Exception {
    var admission = new Admission(UNLIMITED, 5, 1_000, 100, () -> nanos);

    for (int i = 0; i < 1_000_000; i++) {
      nanos += TimeUnit.MICROSECONDS.toNanos(10);
      come(
          admission,
          InetAddress.getByAddress(new byte[] {10, (byte) (i >> 16), (byte) (i >> 8), (byte) i}));
    }

    assertThat(admission.addresses()).isLessThanOrEqualTo(16_384);
  }

  @Test
  void isFullBeyondItsLimitAndOverrunAnEighthAnd16Later() {
    var admission = new Admission(80, UNLIMITED, UNLIMITED, 1, () -> nanos);

    assertThat(admission.isFull(80)).isFalse();
    assertThat(admission.isFull(81)).isTrue();
    assertThat(admission.isOverrun(106)).isFalse();
    assertThat(admission.isOverrun(107)).isTrue();
    assertThat(admission.countsAddresses()).isFalse();
  }

  private static void come(Admission admission, InetAddress guest) {
    assertThat(admission.enter(guest)).isEqualTo(Verdict.WELCOME);
    admission.leave(guest);
  }
}
