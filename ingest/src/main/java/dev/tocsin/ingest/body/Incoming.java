// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.body;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A body on its way in, with what its headers say of it. */
public interface Incoming {

  @Nullable String contentType();

  @Nullable String contentEncoding();

  /** As announced; -1 when it was not. */
  long contentLength();

  InputStream stream() throws IOException;
}
