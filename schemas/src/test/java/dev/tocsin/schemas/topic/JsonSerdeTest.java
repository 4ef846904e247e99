// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tocsin.schemas.alert.Alert;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class JsonSerdeTest {

  private static final Serde<Alert> ALERTS = Topics.ALERTS.valueSerde();

  record Specimen(Topic<?> topic, Object value) {

    @Override
    public String toString() {
      return topic.name() + " " + value.getClass().getSimpleName();
    }

    @SuppressWarnings("unchecked")
    Serde<Object> serde() {
      return (Serde<Object>) topic.valueSerde();
    }
  }

  static Stream<Specimen> specimens() {
    return Specimens.all().entrySet().stream()
        .flatMap(e -> e.getValue().stream().map(value -> new Specimen(e.getKey(), value)));
  }

  @Test
  void specimens_coverEveryTopicAndEveryCase() {
    assertThat(Specimens.all().keySet()).containsExactlyElementsOf(Topics.ALL);
    Set<Class<?>> shown = specimens().map(s -> s.value().getClass()).collect(Collectors.toSet());
    Topics.ALL.forEach(
        topic -> {
          if (topic.type().isSealed()) {
            assertThat(shown).contains(topic.type().getPermittedSubclasses());
          } else {
            assertThat(shown).contains(topic.type());
          }
        });
  }

  @ParameterizedTest
  @MethodSource("specimens")
  void value_survivesTheWayThroughJson(Specimen specimen) {
    Serde<Object> serde = specimen.serde();
    byte[] bytes = serde.serializer().serialize("any", specimen.value());
    assertThat(serde.deserializer().deserialize("any", bytes)).isEqualTo(specimen.value());
  }

  @ParameterizedTest
  @MethodSource("specimens")
  void json_hasTheMembersOfTheRecord_andNoOthers(Specimen specimen) {
    JsonNode json =
        Json.MAPPER.readTree(specimen.serde().serializer().serialize("any", specimen.value()));
    Set<String> components =
        Stream.of(specimen.value().getClass().getRecordComponents())
            .map(RecordComponent::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    components.add("type");
    assertThat(components).containsAll(json.propertyNames());
  }

  @ParameterizedTest
  @MethodSource("specimens")
  @Tag("bad-input-57")
  void unknownMembers_areIgnored(Specimen specimen) {
    Serde<Object> serde = specimen.serde();
    ObjectNode json =
        (ObjectNode) Json.MAPPER.readTree(serde.serializer().serialize("any", specimen.value()));
    json.putObject("fromTheFuture").put("n", 1);
    byte[] bytes = Json.MAPPER.writeValueAsBytes(json);
    assertThat(serde.deserializer().deserialize("any", bytes)).isEqualTo(specimen.value());
  }

  @ParameterizedTest
  @MethodSource("specimens")
  void headers_areCloudEventsInBinaryMode(Specimen specimen) {
    Headers headers = new RecordHeaders();
    specimen.serde().serializer().serialize(specimen.topic().name(), headers, specimen.value());
    Map<String, String> texts = texts(headers);
    assertThat(texts)
        .containsEntry("ce_specversion", "1.0")
        .containsEntry("ce_source", "/" + specimen.topic().name())
        .containsEntry("content-type", "application/json");
    assertThat(texts.get("ce_type")).matches("dev\\.tocsin\\.[a-z.-]+");
    assertThat(texts.get("ce_id")).isNotEmpty();
    assertThat(texts.get("ce_subject")).isNotEmpty();
    assertThat(texts.get("ce_time")).startsWith("2026-03-01T03:0");
  }

  @Test
  void writtenAnew_hasAnotherId() {
    assertThat(ids(Topics.EFFECTS, Specimens.planned(), Specimens.done())).doesNotHaveDuplicates();
    assertThat(
            ids(
                Topics.SETTINGS,
                SettingSpecimens.subscription(1),
                SettingSpecimens.subscription(2)))
        .doesNotHaveDuplicates();
  }

  private static <V> List<String> ids(Topic<V> topic, V before, V after) {
    return Stream.of(before, after).map(topic.attributes().id()).toList();
  }

  @Test
  void headersOfTheInput_areReplaced_andForeignOnesKept() {
    Headers headers = new RecordHeaders();
    headers.add("traceparent", "00-1-2-01".getBytes(UTF_8));
    headers.add("ce_id", "old".getBytes(UTF_8));
    headers.add("ce_id", "older".getBytes(UTF_8));
    ALERTS.serializer().serialize(Topics.ALERTS.name(), headers, Specimens.ALERT);
    assertThat(headers.headers("ce_id")).hasSize(1);
    assertThat(texts(headers))
        .containsEntry("ce_id", Specimens.ALERT.id())
        .containsEntry("traceparent", "00-1-2-01");
  }

  @Test
  void changelog_getsNoHeaders() {
    Headers headers = new RecordHeaders();
    ALERTS.serializer().serialize("tocsin-x-store-changelog", headers, Specimens.ALERT);
    assertThat(headers).isEmpty();
  }

  @Test
  void emptySubject_isLeftOut_asCloudEventsWants() {
    Headers headers = new RecordHeaders();
    Topic<String> topic =
        new Topic<>(
            "t",
            String.class,
            Topic.Cleanup.DELETE,
            Topics.DEAD_LETTERS_KEPT,
            new Topic.Attributes<>(v -> "1", v -> "t", v -> "", v -> Specimens.AT));
    topic.valueSerde().serializer().serialize("t", headers, "value");
    assertThat(texts(headers)).doesNotContainKey("ce_subject");
  }

  @Test
  void tombstone_staysOne() {
    Headers headers = new RecordHeaders();
    assertThat(ALERTS.serializer().serialize(Topics.ALERTS.name(), headers, null)).isNull();
    assertThat(headers).isEmpty();
    assertThat(ALERTS.deserializer().deserialize(Topics.ALERTS.name(), null)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "[]",
        "\"\"",
        "\"alert\"",
        "12",
        "{} {}",
        "{\"status\":\"SOMETIMES\"}",
        "{\"startsAt\":\"yesterday\"}"
      })
  void whatIsNoAlert_isRefusedWithTheTopicsName(String json) {
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> ALERTS.deserializer().deserialize("tocsin.alerts", json.getBytes(UTF_8)))
        .withMessageStartingWith("topic tocsin.alerts: not of type Alert: ");
  }

  @Test
  void unknownCase_isRefused() {
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(
            () ->
                Topics.INCIDENTS
                    .valueSerde()
                    .deserializer()
                    .deserialize("tocsin.incidents", "{\"type\":\"exploded\"}".getBytes(UTF_8)))
        .withMessageContaining("exploded");
  }

  @Test
  @Tag("bad-input-62")
  void deepJson_isRefused_beforeItOverflowsTheStack() {
    String deep = "{\"unknown\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> ALERTS.deserializer().deserialize("tocsin.alerts", deep.getBytes(UTF_8)))
        .withMessageContaining("nesting depth");
  }

  private static Map<String, String> texts(Headers headers) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Header header : headers) {
      texts.put(header.key(), new String(header.value(), UTF_8));
    }
    return texts;
  }
}
