// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.oracle;

import dev.tocsin.proof.history.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A bug that the program might have, as a history would show it.
 *
 * @param bug what the program would have done wrong
 */
record Plant(String bug, Check caughtAs, UnaryOperator<List<Entry>> mutation) {

  List<Entry> in(List<Entry> history) {
    return mutation.apply(new ArrayList<>(history));
  }

  @Override
  public String toString() {
    return bug;
  }
}
