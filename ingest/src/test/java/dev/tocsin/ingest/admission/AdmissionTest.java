// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.admission;

import static dev.tocsin.ingest.refusal.RefusalReason.OVERLOADED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.ingest.admission.Admission.Permit;
import dev.tocsin.ingest.refusal.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class AdmissionTest {

  private static final long MEGABYTE = 1 << 20;

  private final Admission admission =
      new Admission(new AdmissionSettings(16, DataSize.ofMegabytes(8)), "come again");

  @Test
  void sourceAlone_hasHalf_andOneOnTrial() {
    List<Permit> held = fill("loud", 1000);

    assertThat(held).hasSize(8 + 1);
    assertRefused(() -> admission.enter("loud", 1000));
  }

  @Test
  void otherSource_findsRoomBesideALoudOne() {
    fill("loud", 1000);

    assertThat(fill("quiet", 1000)).hasSize(4 + 1);
  }

  @Test
  void bytes_countAsMessagesDo() {
    assertThat(fill("loud", MEGABYTE)).as("too large to be tried").hasSize(4);
    assertThatCode(() -> admission.enter("quiet", MEGABYTE)).doesNotThrowAnyException();
  }

  @Test
  void onTrial_onlyWhatIsCriticalGoesOn() {
    Permit trial = fill("loud", 1000).getLast();

    assertRefused(() -> trial.confirm(false));
    assertThatCode(() -> trial.confirm(true)).doesNotThrowAnyException();
    trial.close();
    assertThatCode(() -> admission.enter("loud", 1000).confirm(true)).doesNotThrowAnyException();
  }

  @Test
  void inTheShare_nobodyAsksWhetherItIsCritical() {
    assertThatCode(() -> admission.enter("quiet", 1000).confirm(false)).doesNotThrowAnyException();
  }

  @Test
  void whatIsAnswered_makesRoom() {
    for (int round = 0; round < 3; round++) {
      List<Permit> held = fill("loud", 1000);
      assertThat(held).hasSize(9);
      held.forEach(Permit::close);
    }
  }

  @Test
  void thousandsOfSenders_areNeverMoreOnTrialThanMayBeInWork() {
    int let = 0;
    for (int i = 0; i < 1000; i++) {
      let += fill("source from 192.0.2." + i, 1000).size();
    }

    assertThat(let).isEqualTo(16 + 16);
  }

  @Test
  void sixtyFourthOfIpV6_isOneSender() {
    assertThat(Neighbourhood.of("2001:db8:1:2::a"))
        .isEqualTo(Neighbourhood.of("2001:db8:1:2:ff::"));
    assertThat(Neighbourhood.of("2001:db8:1:3::a"))
        .isNotEqualTo(Neighbourhood.of("2001:db8:1:2::a"));
    assertThat(Neighbourhood.of("192.0.2.1")).isNotEqualTo(Neighbourhood.of("192.0.2.2"));
  }

  private List<Permit> fill(String source, long size) {
    List<Permit> held = new ArrayList<>();
    try {
      while (held.size() < 100) {
        held.add(admission.enter(source, size));
      }
    } catch (Refusal e) {
      assertThat(e.reason()).isEqualTo(OVERLOADED);
    }
    return held;
  }

  private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.reason()).isEqualTo(OVERLOADED));
  }
}
