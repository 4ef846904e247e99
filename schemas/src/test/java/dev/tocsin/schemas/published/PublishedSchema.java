// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.published;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.generator.TypeScope;
import dev.tocsin.schemas.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON Schema of a topic's values, made from their records: a component not nullable is
 * required.
 */
final class PublishedSchema {

  private PublishedSchema() {}

  /** As published: open for members of later versions. */
  static ObjectNode of(Topic<?> topic) {
    return generate(topic, false);
  }

  /** The same closed, to find members that are written and not declared. */
  static ObjectNode closed(Topic<?> topic) {
    return generate(topic, true);
  }

  static String fileName(Topic<?> topic) {
    return shortName(topic) + ".schema.json";
  }

  static String shortName(Topic<?> topic) {
    return topic.name().substring("tocsin.".length());
  }

  private static ObjectNode generate(Topic<?> topic, boolean closed) {
    SchemaGeneratorConfigBuilder config =
        new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
            .with(Option.DEFINITIONS_FOR_ALL_OBJECTS, Option.PLAIN_DEFINITION_KEYS);
    if (closed) {
      config.with(Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT);
    }
    config
        .forTypesInGeneral()
        .withCustomDefinitionProvider(PublishedSchema::inline)
        .withSubtypeResolver(PublishedSchema::cases)
        .withPropertySorter((one, other) -> 0)
        .withDefinitionNamingStrategy((key, context) -> name(key.getType().getErasedType()))
        .withTypeAttributeOverride(PublishedSchema::addTypeName);
    config.forFields().withRequiredCheck(PublishedSchema::isRequired);
    ObjectNode generated = new SchemaGenerator(config.build()).generateSchema(topic.type());
    ObjectNode schema = generated.objectNode();
    schema.set("$schema", generated.get("$schema"));
    schema.put("$id", "urn:tocsin:" + shortName(topic));
    schema.put("title", "A value of the topic " + topic.name());
    schema.setAll(generated);
    return schema;
  }

  private static String name(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return (outer == null ? "" : name(outer) + ".") + type.getSimpleName();
  }

  private static @Nullable List<ResolvedType> cases(
      ResolvedType declared, SchemaGenerationContext context) {
    return declared.getErasedType().isSealed()
        ? Stream.of(declared.getErasedType().getPermittedSubclasses())
            .map(type -> context.getTypeContext().resolveSubtype(declared, type))
            .toList()
        : null;
  }

  private static @Nullable CustomDefinition inline(
      ResolvedType declared, SchemaGenerationContext context) {
    Class<?> type = declared.getErasedType();
    ObjectNode node = context.getGeneratorConfig().createObjectNode();
    if (type == Instant.class) {
      node.put("type", "string").put("format", "date-time");
    } else if (type == Duration.class) {
      node.put("type", "string").put("format", "duration");
    } else if (type == double.class || type == Double.class) {
      ArrayNode either = node.putArray("anyOf");
      either.addObject().put("type", "number");
      either.addObject().putArray("enum").add("NaN").add("Infinity").add("-Infinity");
    } else if (type == Map.class) {
      ResolvedType values = declared.getTypeParameters().get(1);
      node.put("type", "object");
      node.set("additionalProperties", context.createDefinitionReference(values));
    } else {
      return null;
    }
    return new CustomDefinition(node, true);
  }

  private static boolean isRequired(FieldScope field) {
    return !field.getRawMember().getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private static void addTypeName(
      ObjectNode schema, TypeScope scope, SchemaGenerationContext context) {
    JsonTypeName name = scope.getType().getErasedType().getAnnotation(JsonTypeName.class);
    if (name != null) {
      ObjectNode properties = schema.withObjectProperty("properties");
      // The very nodes are kept: the generator fills its references in at the end.
      Map<String, JsonNode> others = new LinkedHashMap<>();
      properties.properties().forEach(member -> others.put(member.getKey(), member.getValue()));
      properties.removeAll();
      properties.putObject("type").put("const", name.value());
      properties.setAll(others);
      schema.withArrayProperty("required").insert(0, "type");
    }
  }
}
