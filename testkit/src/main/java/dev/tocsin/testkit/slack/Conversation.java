// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.slack;

/** A channel of the workspace, in Slack's word for it, and whether the bot can write to it. */
record Conversation(String id, String name, boolean isArchived, boolean hasBot) {

  Conversation archived() {
    return new Conversation(id, name, true, hasBot);
  }

  Conversation withBot(boolean hasBot) {
    return new Conversation(id, name, isArchived, hasBot);
  }

  boolean isNamed(String given) {
    return given.equals(name) || given.equals('#' + name);
  }

  Conversation writable() {
    if (isArchived) {
      throw Refusal.of("is_archived");
    }
    return readable();
  }

  Conversation readable() {
    if (!hasBot) {
      throw Refusal.of("not_in_channel");
    }
    return this;
  }
}
