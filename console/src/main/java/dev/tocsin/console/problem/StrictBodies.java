// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.problem;

import java.time.Duration;
import java.time.Instant;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.ext.javatime.deser.DurationDeserializer;
import tools.jackson.databind.ext.javatime.deser.InstantDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/**
 * Bodies are taken by their word: 5 is no text, "5" no number, and neither is a time. What a caller
 * did not mean would else be written down.
 */
public final class StrictBodies implements JsonMapperBuilderCustomizer {

  @Override
  public void customize(JsonMapper.Builder bodies) {
    bodies
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .withCoercionConfig(
            LogicalType.Integer,
            whole -> whole.setCoercion(CoercionInputShape.Float, CoercionAction.Fail))
        .withCoercionConfig(
            LogicalType.Textual,
            text ->
                text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
        .addModule(
            new SimpleModule("times")
                .addDeserializer(
                    Instant.class, new Written<>(Instant.class, InstantDeserializer.INSTANT))
                .addDeserializer(
                    Duration.class, new Written<>(Duration.class, new DurationDeserializer())));
  }

  /** A time, or a length of it, as text; a number would be its seconds. */
  private static final class Written<T> extends ValueDeserializer<T> {

    private final Class<T> type;
    private final ValueDeserializer<T> text;

    Written(Class<T> type, ValueDeserializer<T> text) {
      this.type = type;
      this.text = text;
    }

    @Override
    public T deserialize(JsonParser body, DeserializationContext context) {
      return body.currentToken() == JsonToken.VALUE_STRING
          ? text.deserialize(body, context)
          : type.cast(context.handleUnexpectedToken(type, body));
    }
  }
}
