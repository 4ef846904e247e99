// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.boot;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * A service as a program of its own, with what Spring Boot gives every service: the
 * auto-configurations listed in {@code META-INF/spring}, under this annotation's name. A service
 * that needs more imports it itself, by {@link ImportAutoConfiguration}.
 */
@Documented
@ImportAutoConfiguration
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ServiceApplication {}
