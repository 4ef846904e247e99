// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.kafka.ServiceApplication;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.util.ClassUtils;

class ServiceApplicationTest {

  private static final String OPTIONAL = "optional:";

  /** One that is optional and has another name by now would be left out without a word. */
  @Test
  void everyAutoConfigurationInTheList_isThere() {
    List<String> names =
        ImportCandidates.load(ServiceApplication.class, getClass().getClassLoader())
            .getCandidates();

    assertThat(names).hasSizeGreaterThan(30);
    assertThat(names)
        .allMatch(
            name ->
                ClassUtils.isPresent(
                    name.substring(name.startsWith(OPTIONAL) ? OPTIONAL.length() : 0),
                    getClass().getClassLoader()));
  }
}
