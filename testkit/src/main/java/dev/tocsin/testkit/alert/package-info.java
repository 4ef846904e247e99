// SPDX-License-Identifier: Apache-2.0
/** Named sample alerts, and messages as Grafana and Alertmanager send them. */
@NullMarked
package dev.tocsin.testkit.alert;

import org.jspecify.annotations.NullMarked;
