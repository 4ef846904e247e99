// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.call;

import java.net.URI;
import java.util.Map;

/** A request to make. An empty body is none. */
public record Call(String method, URI uri, Map<String, String> headers, byte[] body) {

  public static Call get(URI uri, Map<String, String> headers) {
    return new Call("GET", uri, headers, new byte[0]);
  }

  public static Call post(URI uri, Map<String, String> headers, byte[] body) {
    return new Call("POST", uri, headers, body);
  }
}
