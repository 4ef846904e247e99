// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.auth;

import dev.tocsin.console.ConsoleMetrics;
import dev.tocsin.console.problem.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Takes the login from the request; a wrong one is refused even where none is needed. */
final class LoginFilter extends OncePerRequestFilter {

  private final Logins logins;
  private final SubscriberTokens subscribers;
  private final ConsoleMetrics metrics;

  LoginFilter(Logins logins, SubscriberTokens subscribers, ConsoleMetrics metrics) {
    this.logins = logins;
    this.subscribers = subscribers;
    this.metrics = metrics;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header != null) {
      Optional<Object> who =
          logins
              .whoAsks(header)
              .<Object>map(name -> name)
              .or(() -> Logins.bearerToken(header).flatMap(subscribers::read));
      if (who.isEmpty()) {
        refuse(response, "this login is not known here");
        return;
      }
      SecurityContext context = SecurityContextHolder.createEmptyContext();
      context.setAuthentication(
          UsernamePasswordAuthenticationToken.authenticated(who.get(), null, List.of()));
      SecurityContextHolder.setContext(context);
    }
    chain.doFilter(request, response);
  }

  /** A no that says how to log in. */
  void refuse(HttpServletResponse response, String detail) throws IOException {
    metrics.turnedAway();
    response.addHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"tocsin\", charset=\"UTF-8\"");
    response.addHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"tocsin\"");
    Problems.write(
        response,
        HttpStatus.UNAUTHORIZED,
        detail + "; use HTTP Basic as admin, or a bearer token of tocsin.console.api-tokens");
  }
}
