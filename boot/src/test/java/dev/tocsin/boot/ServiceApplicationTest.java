// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.util.ClassUtils;

class ServiceApplicationTest {

  /** One that has another name by now would end every service's start. */
  @Test
  void everyAutoConfigurationInTheList_isThere() {
    List<String> names =
        ImportCandidates.load(ServiceApplication.class, getClass().getClassLoader())
            .getCandidates();

    assertThat(names).hasSizeGreaterThan(30);
    assertThat(names).allMatch(name -> ClassUtils.isPresent(name, getClass().getClassLoader()));
  }
}
