// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.boot;

import io.micrometer.core.instrument.config.MeterFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What all services do with their meters. */
@Configuration(proxyBeanMethods = false)
class MeterConfiguration {

  @Bean
  static MeterFilter describedMeters() {
    return DescribedMeters.ofTheClassPath();
  }
}
