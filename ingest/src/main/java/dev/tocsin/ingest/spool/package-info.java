// SPDX-License-Identifier: Apache-2.0
/** Where accepted messages wait on disk while Kafka is away, and how they get there after all. */
@NullMarked
package dev.tocsin.ingest.spool;

import org.jspecify.annotations.NullMarked;
