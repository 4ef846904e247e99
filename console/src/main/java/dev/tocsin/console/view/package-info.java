// SPDX-License-Identifier: Apache-2.0
/** What the topics said, kept on disk as rows that the API reads. */
@NullMarked
package dev.tocsin.console.view;

import org.jspecify.annotations.NullMarked;
