// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.problem;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatusCode;

/** Is told of every request that gets a no from the API. */
@FunctionalInterface
public interface RefusedRequests {

  void refused(HttpServletRequest request, HttpStatusCode status, String detail);
}
