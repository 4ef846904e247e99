// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.step;

import dev.tocsin.schemas.notification.Content;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a kind of step does: pure, so that deciding again after a crash decides the same.
 *
 * <p>A step that opens something (a page, a ticket) also keeps it up to date and closes it: no
 * playbook has to say that what was opened is resolved with the incident.
 */
public interface StepAction {

  /** The word for it in playbooks, metrics and the console. */
  String kind();

  /** What may be written under it in a playbook. */
  List<Option> options();

  /**
   * Begins the step.
   *
   * @param id of the notification, should this plan one
   */
  Beginning begin(Situation situation, Options options, String id);

  /**
   * What news there is for whoever looks at what this kind of step opened; null when none.
   *
   * @param id of the notification, should this plan one
   */
  default @Nullable Content follow(Situation situation, Opened opened, News news, String id) {
    return null;
  }
}
