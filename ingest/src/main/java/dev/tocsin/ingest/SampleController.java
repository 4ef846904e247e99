// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tocsin.ingest.push.Picked;
import dev.tocsin.ingest.push.PushOutcome;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where a Prometheus pushes samples. */
@RestController
final class SampleController {

  private static final String COUNTED = "X-Prometheus-Remote-Write-";

  private final SampleIntake intake;
  private final long longestHeaders;

  SampleController(SampleIntake intake, IngestSettings settings) {
    this.intake = intake;
    this.longestHeaders = settings.limits().headers().toBytes();
  }

  /**
   * What became of a batch.
   *
   * @param samples how many, by outcome
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record PushReceipt(Map<String, Integer> samples) {}

  @PostMapping("/v1/samples/{source}")
  ResponseEntity<?> post(@PathVariable String source, HttpServletRequest request) {
    Picked picked = intake.take(source, new ServletMessage(request, longestHeaders));
    boolean right = picked.faults().isEmpty();
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.status(right ? HttpStatus.OK : HttpStatus.BAD_REQUEST)
            .header(COUNTED + "Samples-Written", String.valueOf(picked.asMeant()))
            .header(COUNTED + "Histograms-Written", "0")
            .header(COUNTED + "Exemplars-Written", "0");
    return right
        ? answer.contentType(MediaType.APPLICATION_JSON).body(new PushReceipt(counts(picked)))
        : answer.contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem(picked));
  }

  /** A batch of which a part is wrong: the rest is written, and sending it again is of no use. */
  private static ProblemDetail problem(Picked picked) {
    List<String> faults = picked.faults();
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(
            HttpStatus.BAD_REQUEST,
            "%d samples are not taken, the others are: %s"
                .formatted(
                    picked.counts().getOrDefault(PushOutcome.INVALID, 0),
                    String.join("; ", faults)));
    problem.setProperty("reason", "invalid-samples");
    problem.setProperty("samples", counts(picked));
    return problem;
  }

  private static Map<String, Integer> counts(Picked picked) {
    Map<String, Integer> counts = new TreeMap<>();
    picked.counts().forEach((outcome, count) -> counts.put(outcome.label(), count));
    return counts;
  }
}
