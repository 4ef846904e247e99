// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.slack;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** An edit of a message: when it was, and what the message said before. */
public record SlackEdit(Instant at, String text, JsonNode blocks) {}
