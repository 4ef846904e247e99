// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.published;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tocsin.schemas.topic.Json;
import dev.tocsin.schemas.topic.Specimens;
import dev.tocsin.schemas.topic.Topic;
import dev.tocsin.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is published fits what is written, and what was released can still be read. */
class PublishedSchemaTest {

  static final String RELEASED = "0.1";
  private static final boolean UPDATE = Boolean.getBoolean("tocsin.update-schemas");
  private static final Path PUBLISHED = Path.of("src/main/resources/dev/tocsin/schemas");
  private static final Path GOLDEN = Path.of("src/test/resources/golden", RELEASED);
  static final List<Topic<?>> TOPICS = Topics.ALL;

  @ParameterizedTest
  @FieldSource("TOPICS")
  void publishedSchema_isTheOneOfTheRecords(Topic<?> topic) throws IOException {
    Path file = PUBLISHED.resolve(PublishedSchema.fileName(topic));
    String generated = pretty(PublishedSchema.of(topic));
    if (UPDATE) {
      write(file, generated);
    }
    assertThat(file)
        .as(
            "%s is not the schema of %s: mvn test -pl schemas -Dtocsin.update-schemas=true writes it",
            file, topic.type().getSimpleName())
        .hasContent(generated);
  }

  @ParameterizedTest
  @FieldSource("TOPICS")
  void whatIsWritten_fitsTheSchema_withoutAMemberMore(Topic<?> topic) {
    for (Object value : Specimens.all().get(topic)) {
      assertThat(faults(PublishedSchema.closed(topic), written(value))).isEmpty();
    }
  }

  @ParameterizedTest
  @FieldSource("TOPICS")
  void releasedRecords_canBeRead_andLoseNothing(Topic<?> topic) throws IOException {
    Path file = GOLDEN.resolve(PublishedSchema.shortName(topic) + ".json");
    writeIfMissing(file, specimens(topic));
    JsonNode golden = Json.MAPPER.readTree(Files.readString(file));
    assertThat(golden).isNotEmpty();
    for (JsonNode released : golden) {
      JsonNode again = written(Json.MAPPER.treeToValue(released, topic.type()));
      assertThat(keptOf(released, again)).isEqualTo(released);
      assertThat(faults(PublishedSchema.of(topic), released)).isEmpty();
    }
  }

  @ParameterizedTest
  @FieldSource("TOPICS")
  void schema_breaksNoReaderOrWriter_ofTheReleasedVersion(Topic<?> topic) throws IOException {
    Path file = GOLDEN.resolve(PublishedSchema.fileName(topic));
    writeIfMissing(file, PublishedSchema.of(topic));
    JsonNode released = Json.MAPPER.readTree(Files.readString(file));
    assertThat(Compatibility.breaks(released, PublishedSchema.of(topic)))
        .as(
            "%s would no longer work together with version %s. A new member must be @Nullable, and"
                + " an old one stays. (Before %s is released: delete golden/%s/%s.* and update.)",
            topic.name(), RELEASED, RELEASED, RELEASED, PublishedSchema.shortName(topic))
        .isEmpty();
  }

  @Test
  void strangers_areTold_whatIsWrong() {
    ObjectNode alert = (ObjectNode) written(Specimens.ALERT);
    alert.remove("id");
    alert.put("status", "MAYBE");
    assertThat(faults(PublishedSchema.of(Topics.ALERTS), alert)).hasSize(2);
  }

  private static List<String> faults(JsonNode schema, JsonNode value) {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(schema)
        .validate(value)
        .stream()
        .map(Object::toString)
        .toList();
  }

  /** The part of what is written now that the released version had, too. */
  private static JsonNode keptOf(JsonNode released, JsonNode now) {
    if (!(released instanceof ObjectNode before) || !(now instanceof ObjectNode after)) {
      if (released instanceof ArrayNode list && now.isArray() && list.size() == now.size()) {
        ArrayNode kept = list.arrayNode();
        for (int i = 0; i < list.size(); i++) {
          kept.add(keptOf(list.get(i), now.get(i)));
        }
        return kept;
      }
      return now;
    }
    ObjectNode kept = before.objectNode();
    before
        .properties()
        .forEach(
            member -> {
              JsonNode same = after.get(member.getKey());
              if (same != null) {
                kept.set(member.getKey(), keptOf(member.getValue(), same));
              }
            });
    return kept;
  }

  private static JsonNode written(Object value) {
    return Json.MAPPER.readTree(Json.MAPPER.writeValueAsBytes(value));
  }

  private static JsonNode specimens(Topic<?> topic) {
    ArrayNode all = Json.MAPPER.createArrayNode();
    Specimens.all().get(topic).forEach(value -> all.add(written(value)));
    return all;
  }

  /** What was released is never written anew, since that is what it is there for. */
  private static void writeIfMissing(Path file, JsonNode json) throws IOException {
    if (UPDATE && !Files.exists(file)) {
      write(file, pretty(json));
    }
    assertThat(file).as("mvn test -pl schemas -Dtocsin.update-schemas=true makes it").exists();
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static String pretty(JsonNode json) {
    return json.toPrettyString().replace("\r\n", "\n") + "\n";
  }
}
