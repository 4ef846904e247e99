// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.problem;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** When an operation says no because of what there is already; the published document says so. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Refuses {

  /** What makes it a 409; empty where nothing does. */
  String conflict() default "";

  /** What makes it a 429; empty where nothing does. */
  String tooSoon() default "";
}
