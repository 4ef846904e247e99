// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells from an {@code Authorization} header who is asking.
 *
 * <p>Only hashes are kept, and each is compared whole, so that an answer's time tells nothing.
 */
final class Logins {

  private static final Logger LOG = LoggerFactory.getLogger(Logins.class);
  private static final String ADMIN = "admin";
  private static final int SHORT = 12;
  private static final int GENERATED_LENGTH = 20;
  private static final String LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

  private final byte[] admin;
  private final List<byte[]> tokens = new ArrayList<>();

  Logins(AuthSettings settings) {
    admin = hash(ADMIN + ':' + passwordOf(settings.adminPassword()));
    settings.apiTokens().forEach(token -> tokens.add(hash(token)));
  }

  private static String passwordOf(@Nullable String configured) {
    if (configured != null) {
      if (configured.length() < SHORT) {
        LOG.warn(
            "tocsin.console.admin-password has {} characters; {} or more are hard to guess",
            configured.length(),
            SHORT);
      }
      return configured;
    }
    SecureRandom random = new SecureRandom();
    StringBuilder made = new StringBuilder();
    while (made.length() < GENERATED_LENGTH) {
      made.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    LOG.info(
        "tocsin.console.admin-password is not set: until the next start, log in as admin with {}",
        made);
    return made.toString();
  }

  /** The name of whoever asks; empty when they are not who they say, or say it wrongly. */
  Optional<String> whoAsks(String authorization) {
    int space = authorization.indexOf(' ');
    if (space < 0) {
      return Optional.empty();
    }
    String credentials = authorization.substring(space + 1).strip();
    return switch (authorization.substring(0, space).toLowerCase(Locale.ROOT)) {
      case "basic" -> basic(credentials);
      case "bearer" -> bearer(credentials);
      default -> Optional.empty();
    };
  }

  /** What comes behind {@code Bearer}; empty when something else is presented. */
  static Optional<String> bearerToken(String authorization) {
    String scheme = "bearer ";
    return authorization.regionMatches(true, 0, scheme, 0, scheme.length())
        ? Optional.of(authorization.substring(scheme.length()).strip())
        : Optional.empty();
  }

  private Optional<String> basic(String credentials) {
    try {
      String pair = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
      return MessageDigest.isEqual(admin, hash(pair)) ? Optional.of(ADMIN) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Optional<String> bearer(String token) {
    byte[] hash = hash(token);
    boolean known = false;
    for (byte[] one : tokens) {
      known |= MessageDigest.isEqual(one, hash);
    }
    // Enough of the hash to tell tokens apart in the audit, and no part of the token.
    return known ? Optional.of("token-" + HexFormat.of().formatHex(hash, 0, 4)) : Optional.empty();
  }

  private static byte[] hash(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
