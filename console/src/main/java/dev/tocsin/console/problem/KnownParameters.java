// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses a query parameter that an operation does not have: a filter that is misspelt would let
 * all through, and nobody would see it.
 */
public final class KnownParameters implements HandlerInterceptor {

  private final ParameterNameDiscoverer names = new DefaultParameterNameDiscoverer();

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (request.getQueryString() == null || !(handler instanceof HandlerMethod operation)) {
      return true;
    }
    Set<String> known = known(operation);
    for (String given : new TreeSet<>(request.getParameterMap().keySet())) {
      if (!known.contains(given)) {
        throw Refusal.unknownParameter(given, known);
      }
    }
    return true;
  }

  private Set<String> known(HandlerMethod operation) {
    return Arrays.stream(operation.getMethodParameters())
        .filter(parameter -> parameter.hasParameterAnnotation(RequestParam.class))
        .map(this::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private String name(MethodParameter parameter) {
    parameter.initParameterNameDiscovery(names);
    return String.valueOf(parameter.getParameterName());
  }
}
