// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.subscription;

import dev.tocsin.schemas.endpoint.EndpointPolicy;
import dev.tocsin.schemas.setting.Setting;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * What is to be different about a subscription. As in RFC 7396 a member that is not there keeps
 * what is, and null takes it away; one that is there replaces the whole.
 *
 * @param named the members that are there, be they null
 */
@JsonDeserialize(using = Change.Reader.class)
@Schema(implementation = Wish.class)
record Change(Wish wish, Set<String> named) {

  /** To a record, a member that is null and one that is not there are the same. */
  static final class Reader extends ValueDeserializer<Change> {

    @Override
    public Change deserialize(JsonParser body, DeserializationContext context) {
      JsonNode read = context.readTree(body);
      return new Change(
          context.readTreeAsValue(read, Wish.class), Set.copyOf(read.propertyNames()));
    }
  }

  String address(String before, EndpointPolicy policy) {
    return named.contains("url") ? wish.address(policy) : before;
  }

  List<String> patterns(List<String> before) {
    return named.contains("events") ? wish.patterns() : before;
  }

  Setting.@Nullable Filter filter(Setting.@Nullable Filter before) {
    return named.contains("filter") ? wish.checkedFilter() : before;
  }
}
