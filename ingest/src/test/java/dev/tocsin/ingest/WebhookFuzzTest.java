// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tocsin.ingest.AlertReader.Reading;
import dev.tocsin.ingest.auth.Authentication;
import dev.tocsin.ingest.auth.Presented;
import dev.tocsin.ingest.auth.SourceSettings;
import dev.tocsin.ingest.refusal.Refusal;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.topic.Topics;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What must hold for any bytes at all. The build runs the inputs beside it; {@code JAZZER_FUZZ=1
 * mvn test -pl ingest -Dtest=WebhookFuzzTest#body} looks for more.
 */
class WebhookFuzzTest {

  private static final int LARGEST_RECORD = 1 << 20;

  @FuzzTest(maxDuration = "2m")
  void body(byte[] body) {
    for (String type : List.of("grafana", "alertmanager")) {
      Reading reading;
      try {
        reading = Readers.read(type, body);
      } catch (Refusal refusal) {
        assertThat(refusal.detail()).isNotBlank();
        continue;
      }
      assertThat(reading.alerts()).as("nothing vanishes").isNotEmpty();
      assertThat(reading.alerts()).extracting(Alert::id).doesNotHaveDuplicates();
      for (Alert alert : reading.alerts()) {
        byte[] written = Topics.ALERTS.valueSerde().serializer().serialize("any", alert);
        assertThat(written).hasSizeLessThan(LARGEST_RECORD);
        assertThat(Topics.ALERTS.valueSerde().deserializer().deserialize("any", written))
            .isEqualTo(alert);
      }
    }
  }

  @FuzzTest(maxDuration = "2m")
  void signature(FuzzedDataProvider data) throws GeneralSecurityException {
    String given = data.consumeString(80);
    byte[] body = data.consumeRemainingAsBytes();
    SourceSettings settings =
        new SourceSettings(null, null, List.of("secret"), null, null, null, true, false);
    Authentication authentication = new Authentication("grafana", settings);

    assertThat(lets(authentication, given, body)).isEqualTo(given.equalsIgnoreCase(hmac(body)));
    assertThat(lets(authentication, hmac(body), body)).isTrue();
  }

  private static boolean lets(Authentication authentication, String signature, byte[] body) {
    Presented request = new Signed(signature);
    try {
      authentication.checkBeforeBody(request);
      authentication.checkBody(request, body, Readers.NOW);
      return true;
    } catch (Refusal refusal) {
      return false;
    }
  }

  private static String hmac(byte[] body) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(
        new SecretKeySpec(
            "secret".getBytes(java.nio.charset.StandardCharsets.UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(body));
  }

  private record Signed(String signature) implements Presented {

    @Override
    public List<String> header(String name) {
      return name.equals("X-Grafana-Alerting-Signature") ? List.of(signature) : List.of();
    }

    @Override
    public @Nullable String query() {
      return null;
    }
  }
}
