// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.attempt;

/** Why an attempt failed. Few and fixed, since each is a metric label. */
public enum Reason {
  /** No answer in time: it may have happened. */
  TIMEOUT,
  /** The connection broke after the request was sent: it may have happened. */
  BROKEN_OFF,
  /** The worker fell silent: it may have happened. */
  LEASE_EXPIRED,
  /** The worker was killed while it was under way: it may have happened. */
  WORKER_ENDED,
  /** No connection: it did not happen. */
  UNREACHABLE,
  RATE_LIMITED,
  /** The endpoint answered 5xx. */
  SERVER_ERROR,
  BAD_REQUEST,
  UNAUTHORIZED,
  NOT_FOUND,
  /** The endpoint says that it is gone for good (410). */
  GONE,
  /** The endpoint answered with a redirect, which is not followed. */
  REDIRECTED,
  /** The address is not one we send to. */
  FORBIDDEN_ADDRESS,
  /** The worker had no time left to start it within the lease. */
  NOT_STARTED,
  /** What it needed was never delivered. */
  NEED_FAILED,
  /** The endpoint does not exist, or is not configured (any more). */
  NO_ENDPOINT;

  /** Whether it is no word of a worker's that the attempt was made by, but that none is to come. */
  public boolean isSilence() {
    return this == LEASE_EXPIRED || this == WORKER_ENDED;
  }
}
