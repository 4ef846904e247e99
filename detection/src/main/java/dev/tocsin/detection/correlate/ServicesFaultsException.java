// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.correlate;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A file of services that cannot be used, with all its faults: nobody should meet them one by one.
 */
public final class ServicesFaultsException extends RuntimeException {

  /** Something wrong: where, what, and what would be right. */
  record Fault(int line, String says) {}

  ServicesFaultsException(String file, List<Fault> faults) {
    super(
        faults.stream()
            .sorted(Comparator.comparing(Fault::line))
            .map(fault -> file + ':' + fault.line() + ": " + fault.says())
            .collect(
                Collectors.joining(
                    "\n  ",
                    (faults.size() == 1 ? "1 fault" : faults.size() + " faults")
                        + " in the services file:\n  ",
                    "")));
  }
}
