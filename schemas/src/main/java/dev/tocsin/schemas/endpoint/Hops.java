// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.endpoint;

/**
 * Keeps our own events from coming back as alerts. What we send to subscribers says that it has
 * been through here; what says so is no alert, since an incident made of it would be told to the
 * same subscriber, for ever. The bound is one hop: another Tocsin refuses it too, so a ring of
 * several ends as well.
 */
public final class Hops {

  /** The header of every outbound webhook. */
  public static final String HEADER = "tocsin-hops";

  /** What an outbound webhook says. */
  public static final String ONE = "1";

  /** The beginning of the type of every event of ours, where a relay has dropped the header. */
  public static final String EVENT_TYPES = "dev.tocsin.";

  /** Where ingest takes alerts, on any host. */
  static final String INGEST_PATH = "/v1/alerts/";

  private Hops() {}
}
