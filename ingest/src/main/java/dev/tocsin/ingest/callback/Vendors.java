// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.callback;

import static dev.tocsin.ingest.refusal.RefusalReason.SOURCE_DISABLED;
import static dev.tocsin.ingest.refusal.RefusalReason.UNAUTHENTICATED;
import static dev.tocsin.ingest.refusal.RefusalReason.UNKNOWN_SOURCE;

import dev.tocsin.ingest.auth.PrefixedSignature;
import dev.tocsin.ingest.auth.Presented;
import dev.tocsin.ingest.refusal.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The vendors there are, and the secrets by which we know them. */
public final class Vendors {

  private static final Logger LOG = LoggerFactory.getLogger(Vendors.class);
  private static final String KEY = "tocsin.ingest.callbacks.";

  private final Map<String, Caller> byName = new TreeMap<>();

  /** A vendor with its secrets. */
  public static final class Caller {

    private final Vendor vendor;
    private final PrefixedSignature signature;

    private Caller(Vendor vendor, List<String> secrets) {
      this.vendor = vendor;
      this.signature = new PrefixedSignature(secrets, vendor.signed().prefix());
    }

    public Vendor vendor() {
      return vendor;
    }

    /** Refuses, before a byte of the body is read, who is not expected or shows no signature. */
    public void checkBeforeBody(Presented request) {
      if (signature.hasNoSecret()) {
        throw new Refusal(
            SOURCE_DISABLED,
            "webhooks of %s are off: set %s%s.secret".formatted(vendor.name(), KEY, vendor.name()));
      }
      if (given(request).isEmpty()) {
        throw new Refusal(UNAUTHENTICATED, "the request has no header " + vendor.signed().header());
      }
    }

    /** Refuses a body that none of the secrets signed. {@code body} is as it came. */
    public void checkBody(Presented request, byte[] body, Instant now) {
      String ahead = vendor.signedAhead(request, now);
      if (!signature.isRight(given(request), ahead, body)) {
        throw new Refusal(
            UNAUTHENTICATED,
            "no signature in %s is '%s' and the HMAC-SHA256 (hex) of %s with %s%s.secret"
                .formatted(
                    vendor.signed().header(),
                    vendor.signed().prefix(),
                    ahead.isEmpty() ? "the body" : "'" + ahead + "<body>'",
                    KEY,
                    vendor.name()));
      }
    }

    private List<String> given(Presented request) {
      return request.header(vendor.signed().header());
    }
  }

  public Vendors(List<Vendor> vendors, Map<String, CallbackSettings> settings) {
    for (Vendor vendor : vendors) {
      CallbackSettings own = settings.getOrDefault(vendor.name(), new CallbackSettings(null));
      byName.put(vendor.name(), new Caller(vendor, own.secrets()));
      if (own.secrets().isEmpty()) {
        LOG.info(
            "webhooks of {} are off: {}{}.secret is not set", vendor.name(), KEY, vendor.name());
      }
    }
    settings.keySet().stream()
        .filter(name -> !byName.containsKey(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  KEY + "<vendor> should be one of " + byName.keySet() + ": was " + name);
            });
  }

  public Caller named(String name) {
    Caller caller = byName.get(name);
    if (caller == null) {
      throw new Refusal(
          UNKNOWN_SOURCE,
          "there are no webhooks of '%s'; there are those of %s"
              .formatted(name, String.join(", ", byName.keySet())));
    }
    return caller;
  }

  /** For meters, whose labels must not grow with what strangers type. */
  public String label(String name) {
    return (byName.containsKey(name) ? name : "unknown") + "-webhook";
  }
}
