// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.proof.failpoint.Failpoint;
import dev.tocsin.proof.failpoint.Failpoints;
import dev.tocsin.proof.failpoint.TrapWeaving;
import dev.tocsin.proof.process.Installation;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** That the places at which the fault kit makes roles die are still in the code. */
class FailpointsTest {

  static final List<Failpoint> FAILPOINTS = Failpoints.list();

  @ParameterizedTest
  @FieldSource("FAILPOINTS")
  void place_isStillInTheCode(Failpoint failpoint) throws IOException {
    String file = failpoint.place().type().replace('.', '/') + ".class";
    try (InputStream code = getClass().getClassLoader().getResourceAsStream(file)) {
      assertThat(code).as(file).isNotNull();
      assertThat(TrapWeaving.count(code.readAllBytes(), failpoint.place())).isPositive();
    }
  }

  @Test
  void names_areUnique_andBeginWithARole() {
    assertThat(FAILPOINTS).extracting(Failpoint::name).doesNotHaveDuplicates();
    assertThat(FAILPOINTS).extracting(Failpoint::role).isSubsetOf(Installation.roles(false));
  }
}
