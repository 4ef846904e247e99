// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.view;

import dev.tocsin.console.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.servlet.HandlerInterceptor;

/** Answers "not yet" while the view is being read: "there is no such incident" would be a lie. */
public final class CurrentView implements HandlerInterceptor {

  private final Position position;

  public CurrentView(Position position) {
    this.position = position;
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (position.isCurrent()) {
      return true;
    }
    throw Refusal.unavailable(
        "the console is still reading the topics: %d records to go".formatted(position.lag()), 2);
  }
}
