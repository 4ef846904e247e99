// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.statement.Statement;
import dev.tocsin.schemas.topic.StatementSpecimens;
import dev.tocsin.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SealTest {

  private static final byte[] JSON = bytes(StatementSpecimens.BUSY);

  private static byte[] bytes(Statement statement) {
    return Topics.STATEMENTS.valueSerde().serializer().serialize("", statement);
  }

  @Test
  void statement_isWrittenCanonically_andItsSealHolds() throws Exception {
    assertThat(Seal.holds(JSON)).isTrue();
    assertThat(Seal.holds(bytes(StatementSpecimens.QUIET))).isTrue();
    String text = new String(JSON, StandardCharsets.UTF_8);
    String hash = StatementSpecimens.BUSY.hash();
    String without = text.replace("\"hash\":\"" + hash + "\",", "");
    assertThat(
            HexFormat.of()
                .formatHex(
                    MessageDigest.getInstance("SHA-256")
                        .digest(without.getBytes(StandardCharsets.UTF_8))))
        .as("anybody can check it with sha256sum")
        .isEqualTo(hash);
  }

  @Test
  void tenThousandRandomEdits_areAllSeen() {
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      byte[] edited = JSON.clone();
      int at = random.nextInt(edited.length);
      edited[at] = (byte) (edited[at] ^ (1 + random.nextInt(127)));
      assertThat(Seal.holds(edited)).as("byte %d became %d", at, edited[at]).isFalse();
    }
  }

  @Test
  void whatMeansTheSame_butIsNotAsItWasSealed_doesNotHold() {
    String text = new String(JSON, StandardCharsets.UTF_8);
    assertThat(holds(text.replaceFirst("\\{", "{ "))).isFalse();
    assertThat(holds(text.replaceFirst("\\{", "{\"alerts\":null,"))).isFalse();
    assertThat(holds("null")).isFalse();
    assertThat(holds("{}")).isFalse();
    assertThat(holds("[1]")).isFalse();
  }

  @Test
  void memberOfALaterVersion_isSealedForEarlierReaders() throws Exception {
    String later =
        new String(JSON, StandardCharsets.UTF_8)
            .replaceFirst("\"hash\":\"[0-9a-f]*\",", "")
            .replaceFirst("}$", ",\"verdict\":\"fine\"}");
    String hash =
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256")
                    .digest(later.getBytes(StandardCharsets.UTF_8)));
    String sealed =
        later.replaceFirst(",\"incidents\"", ",\"hash\":\"" + hash + "\",\"incidents\"");
    assertThat(holds(sealed)).isTrue();
    assertThat(holds(sealed.replace("fine", "five"))).isFalse();
  }

  @Test
  void balances_areSums() {
    assertThat(StatementSpecimens.BUSY.alerts().balances()).isTrue();
    assertThat(StatementSpecimens.BUSY.effects().get("pagerduty").balances()).isTrue();
    assertThat(new Statement.Alerts(2, java.util.Map.of("OPENED", 1L), 0).balances()).isFalse();
    assertThat(new Statement.Effects(0, 0, 1, 0, 2, 0).balances()).isFalse();
  }

  private static boolean holds(String json) {
    return Seal.holds(json.getBytes(StandardCharsets.UTF_8));
  }
}
