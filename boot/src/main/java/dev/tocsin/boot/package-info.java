// SPDX-License-Identifier: Apache-2.0
/**
 * What makes a service a program: the parts of Spring Boot it has, the server of its HTTP and what
 * that refuses by itself, where health and meters are, what meters say of themselves, which
 * directories are its own.
 *
 * <p>Not here: an endpoint, how anything is found healthy, the broker (kafka).
 *
 * <p>Users: ingest, detection, workflow, agent, notifier, console, launcher.
 */
@NullMarked
package dev.tocsin.boot;

import org.jspecify.annotations.NullMarked;
