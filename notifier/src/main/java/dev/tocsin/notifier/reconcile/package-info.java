// SPDX-License-Identifier: Apache-2.0
/** What people do about our incidents at a vendor's, brought back as commands. */
@NullMarked
package dev.tocsin.notifier.callback;

import org.jspecify.annotations.NullMarked;
