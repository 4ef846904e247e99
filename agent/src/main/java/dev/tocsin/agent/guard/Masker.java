// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.guard;

import dev.tocsin.schemas.Cut;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes secrets out of text before a model, a log or a ticket sees it.
 *
 * <p>Two ways: the shapes that issuers give their tokens, and values that stand behind a telling
 * name. A long run of base64 is opened, and masked whole when there is a secret in it. Both are
 * looked for over the ends of lines too, where something broke a long word. All patterns are
 * bounded and possessive where it matters, so that no input makes them slow.
 */
public final class Masker {

  /** Bounds the work of whoever masks before cutting. */
  public static final int LONGEST_UNMASKED = 20_000;

  /** Has its lines in its shape. */
  private static final String PRIVATE_KEY = "private-key";

  private static final Pattern BASE64 =
      Pattern.compile("(?<![\\w+/=.-])[A-Za-z0-9+/_-]{24,4096}+={0,2}");

  /**
   * A shape of secret. With a group, only the group is replaced.
   *
   * @param signs in lower case, of which every secret of this shape has one: most texts have none,
   *     and are spared the search
   */
  private record Shape(String name, Pattern pattern, List<String> signs) {

    static Shape of(String name, String regex, String... signs) {
      return new Shape(name, Pattern.compile(regex), List.of(signs));
    }

    /**
     * @param lower the text in lower case
     */
    String mask(String text, String lower) {
      if (signs.stream().noneMatch(lower::contains)) {
        return text;
      }
      Matcher found = pattern.matcher(text);
      return found.replaceAll(m -> Matcher.quoteReplacement(replace(m)));
    }

    /**
     * The same for a token that was broken into lines; only what its issuer shaped is known then.
     */
    String maskBroken(String text, String lower) {
      return isToken() && signs.stream().anyMatch(lower::contains)
          ? Unbroken.replace(text, pattern, token -> "[masked " + name + ']')
          : text;
    }

    private boolean isToken() {
      return pattern.matcher("").groupCount() == 0 && !name.equals(PRIVATE_KEY);
    }

    private String replace(MatchResult m) {
      String mark = "[masked " + name + ']';
      if (m.groupCount() == 0) {
        return mark;
      }
      String whole = m.group();
      if (m.group(1).startsWith("[masked") || m.group(1).startsWith("***")) {
        return whole;
      }
      int from = m.start(1) - m.start();
      return whole.substring(0, from) + mark + whole.substring(from + m.group(1).length());
    }
  }

  private static final List<Shape> SHAPES =
      List.of(
          Shape.of(
              PRIVATE_KEY,
              "-----BEGIN [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----[\\s\\S]{0,8192}?(?:-----END [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----|$)",
              "-----begin "),
          Shape.of(
              "jwt",
              "\\beyJ[A-Za-z0-9_-]{8,4096}+\\.eyJ[A-Za-z0-9_-]{4,8192}+(?:\\.[A-Za-z0-9_-]{0,2048}+)?",
              "eyj"),
          Shape.of(
              "slack-webhook",
              "hooks\\.slack\\.com/(?:services|workflows|triggers)/([A-Za-z0-9/_+-]{16,200}+)",
              "hooks.slack.com/"),
          Shape.of("slack-token", "\\bx(?:ox[a-z]|app)-[A-Za-z0-9-]{10,250}+", "xox", "xapp-"),
          Shape.of(
              "aws-key-id",
              "\\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\\b",
              "akia",
              "asia",
              "abia",
              "acca"),
          Shape.of(
              "github-token",
              "\\b(?:gh[pousr]_[A-Za-z0-9]{30,255}+|github_pat_[A-Za-z0-9_]{22,255}+)",
              "ghp_",
              "gho_",
              "ghu_",
              "ghs_",
              "ghr_",
              "github_pat_"),
          Shape.of(
              "gitlab-token",
              "\\bgl(?:pat|dt|rt|cbt|ptt|ft)-[A-Za-z0-9_-]{20,255}+",
              "glpat-",
              "gldt-",
              "glrt-",
              "glcbt-",
              "glptt-",
              "glft-"),
          Shape.of("google-api-key", "\\bAIza[A-Za-z0-9_-]{35}", "aiza"),
          Shape.of("google-oauth-token", "\\bya29\\.[A-Za-z0-9_-]{20,512}+", "ya29."),
          Shape.of(
              "stripe-key",
              "\\b(?:sk|rk|whsec)_(?:live|test)_[A-Za-z0-9]{10,255}+",
              "_live_",
              "_test_"),
          Shape.of("webhook-secret", "\\bwhsec_[A-Za-z0-9+/=]{24,255}+", "whsec_"),
          Shape.of("sendgrid-key", "\\bSG\\.[A-Za-z0-9_-]{16,64}\\.[A-Za-z0-9_-]{16,128}+", "sg."),
          Shape.of("twilio-key", "\\bSK[0-9a-f]{32}\\b", "sk"),
          Shape.of("npm-token", "\\bnpm_[A-Za-z0-9]{36}", "npm_"),
          Shape.of("pypi-token", "\\bpypi-[A-Za-z0-9_-]{50,512}+", "pypi-"),
          Shape.of("model-key", "\\bsk-(?:ant-|proj-|svcacct-)?[A-Za-z0-9_-]{20,255}+", "sk-"),
          Shape.of("grafana-token", "\\bgl(?:sa|c)_[A-Za-z0-9+/=_]{20,512}+", "glsa_", "glc_"),
          Shape.of("atlassian-token", "\\bATATT3[A-Za-z0-9_=-]{40,512}+", "atatt3"),
          Shape.of("vault-token", "\\bhv[sbr]\\.[A-Za-z0-9_-]{20,512}+", "hvs.", "hvb.", "hvr."),
          Shape.of("digitalocean-token", "\\bdo[opr]_v1_[0-9a-f]{64}\\b", "_v1_"),
          Shape.of("telegram-token", "\\b\\d{8,10}:AA[A-Za-z0-9_-]{33}", ":aa"),
          Shape.of(
              "url-password",
              "\\b[a-zA-Z][a-zA-Z0-9+.-]{1,30}://[^\\s/:@\"'<>]{0,128}+:([^\\s/@\"'<>]{1,256}+)@",
              "://"),
          Shape.of(
              "authorization",
              "(?i)\\bauthorization[\"']?\\s{0,4}[:=]\\s{0,4}[\"']?((?:(?:bearer|basic|token|digest|apikey|negotiate)\\s{1,4})?+(?:token=)?[^\\s\"',;]{6,4096}+)",
              "authorization"),
          Shape.of("bearer-token", "(?i)\\bbearer\\s{1,4}([A-Za-z0-9._~+/=-]{12,4096}+)", "bearer"),
          Shape.of(
              "cookie",
              "(?i)\\b(?:set-)?cookie[\"']?\\s{0,4}[:=]\\s{0,4}[\"']?([^\\s\"';=]{1,64}=[^\\s\"';]{8,4096}+)",
              "cookie"),
          Shape.of(
              "sas-signature",
              "(?i)[?&;](?:sig|x-amz-signature|x-amz-security-token|x-goog-signature)=([A-Za-z0-9%+/=_-]{16,1024}+)",
              "sig=",
              "signature=",
              "token="),
          Shape.of(
              "password",
              "(?i)(?:password|passwd|passphrase|pwd|secret|client[_-]?secret|api[_-]?key|apikey|access[_-]?key(?![_-]?id)|account[_-]?key|shared[_-]?access[_-]?key|secret[_-]?(?:access[_-]?)?key|private[_-]?key|signing[_-]?key|routing[_-]?key|integration[_-]?key|encryption[_-]?key|auth[_-]?token|access[_-]?token|refresh[_-]?token|session[_-]?token|id[_-]?token|credentials?)\\\\?[\"']?\\s{0,4}(?:=>|:=|=|:)\\s{0,4}\\\\?[\"']?(?!\\s)([^\\s\"'\\\\,;&(){}\\[\\]]{3,1024}+)",
              "passw",
              "passphrase",
              "pwd",
              "secret",
              "key",
              "token",
              "credential"),
          Shape.of(
              "token",
              "(?i)(?:token|dsn|(?<![a-z])auth|(?<![a-z])key)\\\\?[\"']?\\s{0,2}(?:=|:)\\s{0,2}\\\\?[\"']?((?=[A-Za-z0-9+/_.=-]{0,80}[0-9])(?=[A-Za-z0-9+/_.=-]{0,80}[A-Za-z])[A-Za-z0-9+/_=-]{20,1024}+)",
              "token",
              "dsn",
              "auth",
              "key"));

  /** A value behind any name, long and disordered like a key. */
  private static final Pattern NAMED_VALUE =
      Pattern.compile("(?<=[=:])\\s?[\"']?([A-Za-z0-9+/_=-]{32,512}+)(?![A-Za-z0-9.])");

  private static final double DISORDERED = 4.3;

  /**
   * What may be shown of a text in at most so many characters: nothing that a reader cannot see,
   * since a colour between a name and its value would hide a secret, and cut last, so that no half
   * of one is left.
   */
  public String shown(String text, int most) {
    return Cut.to(most, mask(PlainText.visible(Cut.to(LONGEST_UNMASKED, text))));
  }

  /** The text without the secrets in it. Masking twice changes nothing more. */
  public String mask(String text) {
    String masked = text;
    String lower = text.toLowerCase(Locale.ROOT);
    for (Shape shape : SHAPES) {
      masked = shape.mask(masked, lower);
    }
    for (Shape shape : SHAPES) {
      masked = shape.maskBroken(masked, lower);
    }
    masked = Unbroken.replace(masked, BASE64, Masker::opened);
    masked = BASE64.matcher(masked).replaceAll(m -> Matcher.quoteReplacement(opened(m.group())));
    return NAMED_VALUE
        .matcher(masked)
        .replaceAll(
            m ->
                Matcher.quoteReplacement(
                    isDisordered(m.group(1))
                        ? m.group().replace(m.group(1), "[masked value]")
                        : m.group()));
  }

  private static String opened(String run) {
    byte[] bytes;
    try {
      String standard = run.replace('-', '+').replace('_', '/').replaceFirst("=+$", "");
      bytes = Base64.getDecoder().decode(standard);
    } catch (IllegalArgumentException e) {
      return run;
    }
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    if (!text.chars().allMatch(c -> c >= ' ' && c < 127 || c == '\n' || c == '\r' || c == '\t')) {
      return run;
    }
    String lower = text.toLowerCase(Locale.ROOT);
    for (Shape shape : SHAPES) {
      if (!shape.mask(text, lower).equals(text)) {
        return "[masked base64 " + shape.name() + ']';
      }
    }
    return run;
  }

  /** Upper case, lower case and digits, and more bits per character than words have. */
  private static boolean isDisordered(String value) {
    boolean mixed =
        value.chars().anyMatch(Character::isUpperCase)
            && value.chars().anyMatch(Character::isLowerCase)
            && value.chars().filter(Character::isDigit).count() >= 2;
    return mixed && bitsPerCharacter(value) >= DISORDERED;
  }

  private static double bitsPerCharacter(String value) {
    int[] counts = new int[128];
    value.chars().filter(c -> c < 128).forEach(c -> counts[c]++);
    double bits = 0;
    for (int count : counts) {
      if (count > 0) {
        double share = (double) count / value.length();
        bits -= share * Math.log(share) / Math.log(2);
      }
    }
    return bits;
  }
}
