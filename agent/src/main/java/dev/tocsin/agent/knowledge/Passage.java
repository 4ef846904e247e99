// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.knowledge;

/** What stands under one heading of a runbook. */
public record Passage(String id, String title, String text) implements Item {}
