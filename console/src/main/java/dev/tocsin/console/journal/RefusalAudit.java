// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.journal;

import dev.tocsin.console.problem.Refusal;
import dev.tocsin.console.problem.RefusedRequests;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatusCode;

/** A change that was asked for and refused goes to the audit topic like one that was made. */
public final class RefusalAudit implements RefusedRequests {

  private static final Logger LOG = LoggerFactory.getLogger(RefusalAudit.class);

  private final Journal journal;

  public RefusalAudit(Journal journal) {
    this.journal = journal;
  }

  @Override
  public void refused(HttpServletRequest request, HttpStatusCode status, String detail) {
    Principal who = request.getUserPrincipal();
    boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    if (who == null || reads) {
      return;
    }
    try {
      journal.audit(
          who.getName(),
          "refused",
          request.getMethod() + " " + request.getRequestURI(),
          status.value() + ": " + detail);
    } catch (Refusal e) {
      LOG.warn("a refusal could not be audited: {}", e.getMessage());
    }
  }
}
