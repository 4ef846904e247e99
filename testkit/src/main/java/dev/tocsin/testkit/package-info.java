// SPDX-License-Identifier: Apache-2.0
/**
 * Named examples and fakes, for tests and the demo.
 *
 * <p>Not here: anything a service needs to run, any rule. It knows only schemas.
 */
@NullMarked
package dev.tocsin.testkit;

import org.jspecify.annotations.NullMarked;
