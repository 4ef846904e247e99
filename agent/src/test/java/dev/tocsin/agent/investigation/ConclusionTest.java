// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.investigation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tocsin.agent.guard.Masker;
import dev.tocsin.agent.guard.PlainText;
import dev.tocsin.schemas.topic.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConclusionTest {

  private static final Set<String> EVIDENCE = Set.of("e1", "e2");
  private static final PlainText CLEANER = new PlainText(Set.of("grafana.example"));

  private final Map<String, Object> answer =
      new HashMap<>(
          Map.of(
              "summary",
              "Checkout fails.",
              "probableCause",
              "The pool.",
              "confidence",
              0.8,
              "evidence",
              List.of("e1"),
              "nextSteps",
              List.of("Look at the pool."),
              "followUpQuestions",
              List.of("Was there a deployment?")));

  @ParameterizedTest
  @ValueSource(strings = {"%s", "```json\n%s\n```", "Here it is:\n%s\nAnything else?", "\ufeff%s"})
  void answer_isFoundWhateverIsAroundIt(String wrapping) throws Conclusion.Faulty {
    assertThat(parse(wrapping.formatted(Json.MAPPER.writeValueAsString(answer))))
        .isEqualTo(
            new Conclusion(
                "Checkout fails.",
                "The pool.",
                0.8,
                List.of("e1"),
                List.of("Look at the pool."),
                List.of("Was there a deployment?")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no", "[]", "7", "}{", "{", "[{\"a\":1},{\"b\":2}]", "{'summary':1}"})
  @Tag("bad-input-95")
  void answerThatIsNoObject_isFaulty(String text) {
    assertThatExceptionOfType(Conclusion.Faulty.class)
        .isThrownBy(() -> parse(text))
        .withMessageMatching("(?s)it (should be one JSON object with the members|is no JSON: ).+");
  }

  @Test
  @Tag("bad-input-95")
  void allFaults_areTold_soThatOneRepairIsEnough() {
    answer.put("summary", " ");
    answer.put("confidence", "high");
    answer.put("evidence", "e1");
    answer.put("nextSteps", List.of(Map.of("step", 1)));
    answer.remove("followUpQuestions");

    assertThatExceptionOfType(Conclusion.Faulty.class)
        .isThrownBy(this::parse)
        .withMessage(
            "summary should be a text that is not empty; evidence should be a list of texts;"
                + " nextSteps should be a list of texts; followUpQuestions should be a list of"
                + " texts; confidence should be a number from 0 to 1");
  }

  @ParameterizedTest
  @CsvSource({"-3, 0.0", "0, 0.0", "0.5, 0.5", "7.5, 1.0", "1e300, 1.0"})
  void confidence_isFrom0To1(double said, double taken) throws Conclusion.Faulty {
    answer.put("confidence", said);

    assertThat(parse().confidence()).isEqualTo(taken);
  }

  @Test
  void confidence_isNone_whereThereIsNoCause() throws Conclusion.Faulty {
    answer.put("probableCause", "<br>");

    assertThat(parse().probableCause()).isNull();
    assertThat(parse().confidence()).isNull();
  }

  @Test
  void evidence_isOnlyWhatIsOnFile() throws Conclusion.Faulty {
    answer.put("evidence", List.of("e2", "e999", "../../etc/passwd", "e2", "E1", ""));

    assertThat(parse().evidence()).containsExactly("e2");
  }

  @Test
  @Tag("bad-input-91")
  void membersThatWouldDecideSomething_areNotRead() throws Conclusion.Faulty {
    Conclusion without = parse();
    answer.put("severity", "INFO");
    answer.put("status", "RESOLVED");
    answer.put("page", false);

    assertThat(parse()).isEqualTo(without);
  }

  @Test
  @Tag("bad-input-95")
  void text_isBounded_alsoWhenMaskingMakesItLonger() throws Conclusion.Faulty {
    answer.put("summary", "pwd=abc ".repeat(1_000));
    answer.put("probableCause", "pwd=abc ".repeat(1_000));
    answer.put(
        "nextSteps", IntStream.range(0, 50).mapToObj(i -> "pwd=abc ".repeat(i + 90)).toList());
    answer.put(
        "followUpQuestions", IntStream.range(0, 50).mapToObj(i -> "Why " + i + "?").toList());

    Conclusion conclusion = parse();

    assertThat(conclusion.summary()).hasSize(1_200).doesNotContain("abc");
    assertThat(conclusion.probableCause()).hasSize(600);
    assertThat(conclusion.nextSteps()).hasSize(6).allMatch(step -> step.length() == 300);
    assertThat(conclusion.followUpQuestions()).hasSize(5);
  }

  @Test
  @Tag("bad-input-96")
  void secretWhereTextIsCut_leavesNoHalf() throws Conclusion.Faulty {
    String token = "ghp" + "_aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xYabcd";
    for (int before = 1_150; before < 1_200; before += 7) {
      answer.put("summary", "x".repeat(before) + ' ' + token + " was used");

      assertThat(parse().summary()).doesNotContain(token.substring(0, 8));
    }
  }

  @Test
  @Tag("bad-input-96")
  void secretInPieces_isMaskedOnceThePiecesAreJoined() throws Conclusion.Faulty {
    answer.put("summary", "pass<b></b>word=hun\u200bter2tango");

    assertThat(parse().summary()).isEqualTo("password=[masked password]");
  }

  @Test
  @Tag("bad-input-89")
  void everyText_isPlain() throws Conclusion.Faulty {
    String hostile =
        "<script>x</script>[fix](https://evil.example/a) see https://grafana.example/d";
    String plain = "xfix [link removed] see https://grafana.example/d";
    for (String text : List.of("summary", "probableCause")) {
      answer.put(text, hostile);
    }
    for (String list : List.of("nextSteps", "followUpQuestions")) {
      answer.put(list, List.of(hostile, "<!channel>"));
    }

    Conclusion conclusion = parse();

    assertThat(conclusion.summary()).isEqualTo(plain);
    assertThat(conclusion.probableCause()).isEqualTo(plain);
    assertThat(conclusion.nextSteps()).containsExactly(plain);
    assertThat(conclusion.followUpQuestions()).containsExactly(plain);
  }

  private Conclusion parse() throws Conclusion.Faulty {
    return parse(Json.MAPPER.writeValueAsString(answer));
  }

  private static Conclusion parse(String text) throws Conclusion.Faulty {
    return Conclusion.parse(text, EVIDENCE, new Cleaning(CLEANER, new Masker()));
  }
}
