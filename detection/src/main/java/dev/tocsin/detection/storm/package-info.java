// SPDX-License-Identifier: Apache-2.0
/** Many incidents opening together: when one parent speaks for them. All pure. */
@NullMarked
package dev.tocsin.detection.storm;

import org.jspecify.annotations.NullMarked;
