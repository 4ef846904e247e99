// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.receiver;

import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What a receiver answers. */
public record Answer(int status, Map<String, String> headers, byte[] body) {

  private static final JsonMapper JSON = JsonMapper.shared();

  public static Answer json(int status, Object value) {
    return new Answer(
        status, Map.of("Content-Type", "application/json"), JSON.writeValueAsBytes(value));
  }

  public static Answer empty(int status) {
    return new Answer(status, Map.of(), new byte[0]);
  }
}
