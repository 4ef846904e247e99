// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.auth;

import dev.tocsin.console.ConsoleMetrics;
import dev.tocsin.console.problem.Problems;
import jakarta.servlet.DispatcherType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** Nothing answers without a login but what is named here. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AuthSettings.class)
public class AuthConfiguration {

  private static final String[] OPEN = {
    "/actuator/health",
    "/actuator/health/liveness",
    "/actuator/health/readiness",
    "/v1/beats",
    "/v3/api-docs",
    "/v1/openapi.json"
  };

  /** What a subscriber may read with the token of its subscription. */
  private static final String[] SUBSCRIBERS_READ = {
    "/v1/subscriptions/{subscription}",
    "/v1/subscriptions/{subscription}/deliveries",
    "/v1/subscriptions/{subscription}/deliveries/{delivery}"
  };

  /** What it may ask for. */
  private static final String[] SUBSCRIBERS_ASK = {"/v1/subscriptions/{subscription}/replay"};

  private static final String METRICS = "/actuator/prometheus";

  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /** A path that could pass for another is refused before anybody is asked for a login. */
  @Bean
  RequestRejectedHandler plainRequestsOnly() {
    return (_, response, _) ->
        Problems.write(
            response,
            HttpStatus.BAD_REQUEST,
            "the request should be written plainly: a known method, and a path without //, ;, \\,"
                + " .., control characters or escapes of them");
  }

  @Bean
  SecurityFilterChain denyByDefault(
      HttpSecurity http,
      AuthSettings settings,
      SubscriberTokens subscribers,
      ConsoleMetrics metrics) {
    LoginFilter login = new LoginFilter(new Logins(settings), subscribers, metrics);
    http.csrf(AbstractHttpConfigurer::disable) // CrossSiteFilter does it without a session.
        .formLogin(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .addFilterBefore(new CrossSiteFilter(), AuthorizationFilter.class)
        .addFilterBefore(login, AuthorizationFilter.class)
        .exceptionHandling(
            no ->
                no.authenticationEntryPoint(
                        (_, response, _) -> login.refuse(response, "this needs a login"))
                    .accessDeniedHandler(
                        (_, response, _) ->
                            Problems.write(
                                response, HttpStatus.FORBIDDEN, "this is not open to this login")))
        .authorizeHttpRequests(
            requests -> {
              requests
                  .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
                  .permitAll()
                  .requestMatchers(OPEN)
                  .permitAll();
              if (settings.metricsOpen()) {
                requests.requestMatchers(METRICS).permitAll();
              }
              OwnSubscription own = new OwnSubscription();
              requests
                  .requestMatchers(HttpMethod.GET, SUBSCRIBERS_READ)
                  .access(own)
                  .requestMatchers(HttpMethod.POST, SUBSCRIBERS_ASK)
                  .access(own)
                  .anyRequest()
                  .access(own);
            })
        .headers(
            headers ->
                headers
                    .contentSecurityPolicy(csp -> csp.policyDirectives(CONTENT_SECURITY_POLICY))
                    .referrerPolicy(r -> r.policy(ReferrerPolicy.NO_REFERRER))
                    .frameOptions(frame -> frame.deny()));
    return http.build();
  }
}
