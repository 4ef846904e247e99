// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.playbook;

import java.util.List;
import java.util.stream.Collectors;

/** Playbooks that cannot be used, with all their faults: nobody should meet them one by one. */
public final class PlaybookFaultsException extends RuntimeException {

  PlaybookFaultsException(List<Fault> faults) {
    super(
        faults.stream()
            .map(Fault::toString)
            .collect(
                Collectors.joining(
                    "\n  ",
                    (faults.size() == 1 ? "1 fault" : faults.size() + " faults")
                        + " in playbooks:\n  ",
                    "")));
  }
}
