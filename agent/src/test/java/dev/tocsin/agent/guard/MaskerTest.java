// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Secrets here are put together from halves, so that no scanner takes this file for a leak. */
class MaskerTest {

  private static final String LETTERS = "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY";

  private final Masker masker = new Masker();

  static Stream<Arguments> secrets() {
    String jwt = "eyJ" + "hbGciOiJIUzI1NiJ9" + ".eyJ" + "zdWIiOiIxMjM0In0" + ".c2lnbmF0dXJlc2ln";
    String pem =
        "-----BEGIN RSA PRIVATE"
            + " KEY-----\nMIIEow"
            + LETTERS
            + "\n-----END RSA PRIVATE"
            + " KEY-----";
    String aws = "AKIA" + "IOSFODNN7EXAMPLE";
    String github = "ghp" + "_" + LETTERS + "abcd";
    return Stream.of(
        Arguments.of("aws key id", "key " + aws + " used", aws),
        Arguments.of(
            "aws secret",
            "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCY" + "EXAMPLEKEY",
            "wJalrXUtnFEMI"),
        Arguments.of("jwt", "token " + jwt + " expired", "eyJ" + "zdWIi"),
        Arguments.of("pem", "loaded " + pem + " ok", "MIIEow"),
        Arguments.of("pem on one line", pem.replace("\n", "\\n"), "MIIEow"),
        Arguments.of("cut pem", pem.substring(0, 60), "MIIEow"),
        Arguments.of("url password", "postgres://app:s3cr3tpw@db:5432/shop", "s3cr3tpw"),
        Arguments.of("url password without user", "redis://:hunter22@cache:6379/0", "hunter22"),
        Arguments.of("slack token", "xox" + "b-1234567890-abcdefghij", "1234567890"),
        Arguments.of(
            "slack webhook", "https://hooks.slack.com/services/T000/B000/" + LETTERS, LETTERS),
        Arguments.of("github token", github, github),
        Arguments.of("github fine-grained", "github" + "_pat_" + LETTERS, LETTERS),
        Arguments.of("gitlab token", "glpat" + "-" + LETTERS, LETTERS),
        Arguments.of("google api key", "AIza" + "SyA" + LETTERS, LETTERS),
        Arguments.of("google oauth", "ya29" + ".a0" + LETTERS, LETTERS),
        Arguments.of("stripe key", "sk" + "_live_" + LETTERS, LETTERS),
        Arguments.of("sendgrid key", "SG" + "." + LETTERS + "." + LETTERS, LETTERS),
        Arguments.of("twilio key", "SK" + "0123456789abcdef0123456789abcdef", "0123456789abcdef"),
        Arguments.of("npm token", "npm" + "_" + LETTERS + "wxyz", LETTERS),
        Arguments.of("pypi token", "pypi" + "-" + LETTERS + LETTERS, LETTERS),
        Arguments.of("model key", "sk" + "-proj-" + LETTERS, LETTERS),
        Arguments.of("grafana token", "glsa" + "_" + LETTERS + "_1a2b3c4d", LETTERS),
        Arguments.of("atlassian token", "ATATT3" + LETTERS + LETTERS, LETTERS),
        Arguments.of("vault token", "hvs" + "." + LETTERS, LETTERS),
        Arguments.of(
            "digitalocean token",
            "dop" + "_v1_" + "0123456789abcdef".repeat(4),
            "0123456789abcdef"),
        Arguments.of("telegram token", "123456789:AA" + "H" + LETTERS, LETTERS),
        Arguments.of("webhook secret", "whsec" + "_" + LETTERS, LETTERS),
        Arguments.of("password", "login with password=hunter2 failed", "hunter2"),
        Arguments.of("password in yaml", "db_password: 'tr0ub4dor'", "tr0ub4dor"),
        Arguments.of(
            "password in json", "{\"user\":\"app\",\"dbPassword\":\"hunter2!\"}", "hunter2!"),
        Arguments.of("password in escaped json", "{\\\"password\\\":\\\"hunter2!\\\"}", "hunter2!"),
        Arguments.of("password in a command", "mysql --password=hunter2 shop", "hunter2"),
        Arguments.of("prefixed name", "SPRING_DATASOURCE_PASSWORD=hunter2", "hunter2"),
        Arguments.of("client secret", "client_secret=abcDEF123456", "abcDEF123456"),
        Arguments.of("api key header", "X-Api-Key: 5f2b1c9d8e7a", "5f2b1c9d8e7a"),
        Arguments.of("connection string", "Server=db;User Id=app;Password=hunter2;", "hunter2"),
        Arguments.of(
            "azure account key", "AccountName=shop;AccountKey=" + LETTERS + "==;", LETTERS),
        Arguments.of(
            "azure sas", "https://x.blob.core.windows.net/c?sv=1&sig=" + LETTERS + "%3D", LETTERS),
        Arguments.of("bearer", "Authorization: Bearer abcdefghijklmnop", "abcdefghijklmnop"),
        Arguments.of("bearer alone", "sent bearer abcdefghijklmnop1234", "abcdefghijklmnop1234"),
        Arguments.of("basic", "authorization: Basic YXBwOmh1bnRlcjI=", "YXBwOmh1bnRlcjI"),
        Arguments.of(
            "pagerduty token",
            "Authorization: Token token=y_NbAkKc66ryYTWUXYEu",
            "y_NbAkKc66ryYTWUXYEu"),
        Arguments.of(
            "routing key", "routing_key=0123456789abcdef0123456789abcdef", "0123456789abcdef"),
        Arguments.of("cookie", "Cookie: session=8f14e45fceea167a5a36", "8f14e45fceea167a5a36"),
        Arguments.of(
            "aws key id over two lines", "key AKIA" + "IOSF\n    ODNN7EXAMPLE used", "ODNN7"),
        Arguments.of(
            "github token over three lines",
            "ghp"
                + "_"
                + LETTERS.substring(0, 9)
                + "\n"
                + LETTERS.substring(9, 20)
                + "\n"
                + LETTERS,
            LETTERS.substring(9, 20)),
        Arguments.of("jwt over escaped lines", "token " + jwt.replace(".", "\\n."), "zdWIi"),
        Arguments.of("password on the next line", "db_password:\n  hunter2tango", "hunter2tango"),
        Arguments.of(
            "pem in lines of a log",
            pem.replace("\n", "\n2026-11-22T10:00:00Z INFO app "),
            "MIIEow"),
        Arguments.of(
            "base64 over two lines",
            "data: "
                + base64("token is " + github).substring(0, 30)
                + "\n"
                + base64("token is " + github).substring(30),
            base64("token is " + github).substring(30)),
        Arguments.of("named by chance", "x-custom-thing: " + LETTERS, LETTERS),
        Arguments.of(
            "base64",
            base64("password=hunter2 for the database"),
            base64("password=hunter2 for the d").substring(0, 20)),
        Arguments.of(
            "base64 of a token",
            "data: " + base64("token is " + github),
            base64("token is ghp").substring(0, 12)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("secrets")
  @Tag("bad-input-96")
  void secret_isMasked(String kind, String text, String secret) {
    String masked = masker.mask(text);

    assertThat(masked).contains("[masked").doesNotContain(secret);
    assertThat(masker.mask(masked)).isEqualTo(masked);
  }

  @Test
  void cleanText_isLeftAlone() {
    String clean =
        """
        FIRING since 2026-11-22T10:00:00Z, severity CRITICAL
        values: A=0.0253, B=12
        labels: alertname=HighErrorRate, instance=10.0.0.7:9100, namespace=shop, pod=checkout-7d9f8b6c5-x2x9k
        container_id=containerd://4f5d3c2b1a09f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c5b4a392817060
        image=registry.example/shop/checkout@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
        trace_id=4bf92f3577b34da6a3ce929d0e0e4736 span_id=00f067aa0ba902b7
        uid: 6a2f4c1e-9b7d-4e3a-8c5f-1d2e3f4a5b6c, commit 45d22de0f1a2b3c4d5e6f708192a3b4c5d6e7f80
        sum by (pod) (rate(http_requests_total{code=~"5..", service="checkout"}[5m])) > 0.05
        https://grafana.example/d/abc123XYZ/checkout?orgId=1&from=now-1h&to=now&viewPanel=12
        The token bucket of the API is empty; the key of the map was missing; secret rotation is due.
        Password policy changed. Author: someone. Authentication failed for user app.
        java.lang.IllegalStateException: Connection pool HikariPool-1 exhausted, active=50, idle=0
        at org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration.afterPropertiesSet(DataSourceAutoConfiguration.java:112)
        user=app db=shop sslmode=require host=db-1.internal.example port=5432
        inc_abcdefghijklmnopqrst run_bcdefghijklmnopqrstu tocsin-inc_abcdefghijklmnopqrst-1
        """;

    assertThat(masker.mask(clean)).isEqualTo(clean);
  }

  @Test
  void hostileText_isMaskedInTime() {
    String text =
        ("password="
                + "a".repeat(3_000)
                + " -----BEGIN PRIVATE KEY-----"
                + "eyJ".repeat(2_000)
                + "://:".repeat(500))
            .repeat(3);

    long start = System.nanoTime();
    masker.mask(text);

    assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(3_000);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
