// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import dev.tocsin.ingest.auth.Presented;
import dev.tocsin.ingest.body.Incoming;

/** What somebody posts, as an intake sees it: headers and query, then a body. */
interface Posted extends Presented, Incoming {

  /** The address it comes from. */
  String address();
}
