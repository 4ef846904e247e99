// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.call;

/** What an HTTP status means to whoever made the call. */
public enum Status {
  /** 2xx. */
  TAKEN,
  /** 3xx, which is not followed. */
  REDIRECTED,
  /** 401, 403. */
  UNAUTHORIZED,
  /** 404. */
  NOT_FOUND,
  /** 409, 423: somebody else is changing it. */
  CONFLICT,
  /** 410. */
  GONE,
  /** 408, 425, 429: not now. */
  NOT_NOW,
  /** All other 4xx. */
  REFUSED,
  /** 503: turned away before anything was done. */
  UNAVAILABLE,
  /** All other 5xx, and what HTTP does not know: something may have been done. */
  BROKEN;

  static Status of(int code) {
    return switch (code) {
      case 401, 403 -> UNAUTHORIZED;
      case 404 -> NOT_FOUND;
      case 408, 425, 429 -> NOT_NOW;
      case 409, 423 -> CONFLICT;
      case 410 -> GONE;
      case 503 -> UNAVAILABLE;
      default ->
          switch (code / 100) {
            case 2 -> TAKEN;
            case 3 -> REDIRECTED;
            case 4 -> REFUSED;
            default -> BROKEN;
          };
    };
  }
}
