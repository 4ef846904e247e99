// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.playbook;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All faults found so far, of all files. */
final class Faults {

  private final List<Fault> all = new ArrayList<>();

  void add(String file, At at, String says) {
    all.add(new Fault(file, at, says));
  }

  int count() {
    return all.size();
  }

  List<Fault> inOrder() {
    return all.stream()
        .sorted(
            Comparator.comparing(Fault::file)
                .thenComparing(f -> f.at().line())
                .thenComparing(f -> f.at().column()))
        .toList();
  }

  void throwIfAny() {
    if (!all.isEmpty()) {
      throw new PlaybookFaultsException(inOrder());
    }
  }
}
