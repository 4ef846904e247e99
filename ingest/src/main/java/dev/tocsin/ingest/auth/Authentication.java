// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.auth;

import static dev.tocsin.ingest.refusal.RefusalReason.UNAUTHENTICATED;

import dev.tocsin.ingest.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The proof one source asks for. Of the kinds configured any one suffices, but a signature that is
 * there has to be right: RATIONALE.md says why.
 */
public final class Authentication {

  /** Grafana's documentation has the first name, a comment in its code the second. */
  private static final List<String> SIGNATURE_HEADERS =
      List.of("X-Grafana-Alerting-Signature", "X-Grafana-Alert-Signature");

  private static final Set<String> SECRET_PARAMETERS =
      Set.of(
          "access_token",
          "api_key",
          "apikey",
          "authorization",
          "bearer",
          "password",
          "secret",
          "token");

  private final String source;
  private final boolean open;
  private final Secrets tokens;
  private final Secrets basic;
  private final boolean signs;
  private final HexSignature signature;
  private final @Nullable String timestampHeader;

  public Authentication(String source, SourceSettings settings) {
    this.source = source;
    this.open = settings.open();
    this.tokens = new Secrets(settings.tokens());
    String username = settings.username();
    this.basic =
        new Secrets(
            username == null || username.isBlank()
                ? List.of()
                : List.of(username + ':' + settings.password()));
    this.signs = !settings.hmacSecrets().isEmpty();
    this.signature = new HexSignature(settings.hmacSecrets());
    String header = settings.hmacTimestampHeader();
    this.timestampHeader = header == null || header.isBlank() ? null : header.strip();
  }

  /** What is known of a sender before its body is read. */
  public enum Proof {
    GIVEN,
    /** There is a signature, and the body will tell. */
    SIGNATURE_TO_CHECK
  }

  /** Refuses, before a byte of the body is read, whoever shows nothing that could suffice. */
  public Proof checkBeforeBody(Presented request) {
    refuseSecretsInQuery(request.query());
    if (open || isAuthorized(request)) {
      return Proof.GIVEN;
    }
    if (signs && !signatures(request).isEmpty()) {
      return Proof.SIGNATURE_TO_CHECK;
    }
    throw refused(whatIsWrong(request));
  }

  /** Refuses a signature that is not the body's. {@code body} is as it came, compressed or not. */
  public void checkBody(Presented request, byte[] body, Instant now) {
    List<String> given = signatures(request);
    if (!signs || given.isEmpty()) {
      return;
    }
    if (given.size() > 1) {
      throw refused("there are " + given.size() + " signatures, and exactly one is right");
    }
    String ahead =
        timestampHeader == null ? "" : SignedTime.read(request, timestampHeader, now) + ':';
    if (!signature.isRight(given.getFirst(), ahead, body)) {
      throw refused(
          "the signature is not the HMAC-SHA256 (64 hex digits, no prefix) of %s with hmac-secret"
              .formatted(ahead.isEmpty() ? "the body" : "'<seconds>:<body>'"));
    }
  }

  private boolean isAuthorized(Presented request) {
    List<String> headers = request.header("Authorization");
    if (headers.size() != 1) {
      return false;
    }
    // The scheme's name is the sender's to choose in Grafana; what counts is the secret.
    String[] parts = headers.getFirst().strip().split("\\s+", 2);
    if (parts.length != 2) {
      return false;
    }
    return parts[0].equalsIgnoreCase("Basic")
        ? basic.contain(decoded(parts[1]))
        : tokens.contain(parts[1].strip());
  }

  private static String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64.strip()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static List<String> signatures(Presented request) {
    List<String> all = new ArrayList<>();
    SIGNATURE_HEADERS.forEach(name -> all.addAll(request.header(name)));
    return all;
  }

  private void refuseSecretsInQuery(@Nullable String query) {
    if (query == null) {
      return;
    }
    for (String parameter : query.split("&")) {
      String name = parameter.split("=", 2)[0].toLowerCase(Locale.ROOT);
      if (SECRET_PARAMETERS.contains(name)) {
        throw refused(
            "the query has a parameter '%s': a secret belongs in the header Authorization, not in an address, which logs keep"
                .formatted(name));
      }
    }
  }

  private String whatIsWrong(Presented request) {
    if (tokens.isEmpty() && basic.isEmpty() && !signs) {
      String key = "tocsin.ingest.sources." + source;
      return "source %s has no credentials yet: set %s.token, or %s.hmac-secret, or %s.username and %s.password (open: true lets anybody post)"
          .formatted(source, key, key, key, key);
    }
    List<String> ways = ways();
    return "%s; source %s takes %s"
        .formatted(
            request.header("Authorization").isEmpty()
                ? "the request has no header Authorization" + (signs ? " and no signature" : "")
                : "the header Authorization has no right credentials",
            source,
            String.join(", or ", ways));
  }

  private List<String> ways() {
    List<String> ways = new ArrayList<>();
    if (!tokens.isEmpty()) {
      ways.add("'Authorization: Bearer <token>'");
    }
    if (!basic.isEmpty()) {
      ways.add("basic authentication");
    }
    if (signs) {
      ways.add(
          "an HMAC signature in "
              + SIGNATURE_HEADERS.getFirst()
              + (timestampHeader == null ? "" : " with its seconds in " + timestampHeader));
    }
    return ways;
  }

  private static Refusal refused(String detail) {
    return new Refusal(UNAUTHENTICATED, detail);
  }
}
