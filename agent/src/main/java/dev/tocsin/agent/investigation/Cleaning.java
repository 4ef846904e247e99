// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.investigation;

import dev.tocsin.agent.guard.Masker;
import dev.tocsin.agent.guard.PlainText;
import dev.tocsin.schemas.Cut;

/** What a model or its server wrote, made fit for people: plain, without secrets, and cut last. */
record Cleaning(PlainText cleaner, Masker masker) {

  String line(String text, int most) {
    return Cut.to(most, masker.mask(cleaner.clean(text, Masker.LONGEST_UNMASKED)));
  }
}
