// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.problem;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Every no of the API as problem+json that names what was given and what is allowed. */
@RestControllerAdvice
public final class ProblemAdvice extends ResponseEntityExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

  private final RefusedRequests refused;

  public ProblemAdvice(RefusedRequests refused) {
    this.refused = refused;
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleTypeMismatch(
      TypeMismatchException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    String name =
        e instanceof MethodArgumentTypeMismatchException argument
            ? argument.getName()
            : String.valueOf(e.getPropertyName());
    Refusal refusal = Refusal.parameter(name, e.getValue(), allowed(e.getRequiredType()));
    return handleExceptionInternal(
        refusal, refusal.getBody(), headers, refusal.getStatusCode(), request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    Refusal refusal =
        switch (e.getCause()) {
          case UnrecognizedPropertyException unknown ->
              Refusal.parameter(
                  path(unknown), "a member that is not known", "one of " + known(unknown));
          case InvalidFormatException wrong ->
              Refusal.parameter(path(wrong), given(wrong), allowed(wrong.getTargetType()));
          case MismatchedInputException wrong when !wrong.getPath().isEmpty() ->
              Refusal.parameter(path(wrong), given(wrong), allowed(wrong.getTargetType()));
          case MismatchedInputException wrong ->
              Refusal.parameter("body", given(wrong), "one JSON object and nothing more");
          case DatabindException wrong when !wrong.getPath().isEmpty() ->
              Refusal.parameter(path(wrong), "one that cannot", "a value that can be read");
          case JacksonException unreadable ->
              Refusal.parameter("body", "unreadable: " + words(unreadable), "a JSON object");
          case null, default -> Refusal.parameter("body", null, "a JSON object");
        };
    return handleExceptionInternal(
        refusal, refusal.getBody(), headers, refusal.getStatusCode(), request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpRequestMethodNotSupported(
      HttpRequestMethodNotSupportedException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    e.getBody()
        .setDetail(
            "%s is not for this path: it takes %s"
                .formatted(
                    e.getMethod(),
                    String.join(
                        ", ", headers.getAllow().stream().map(String::valueOf).sorted().toList())));
    return handleExceptionInternal(e, e.getBody(), headers, status, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMediaTypeNotSupported(
      HttpMediaTypeNotSupportedException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    e.getBody()
        .setDetail(
            "Content-Type should be application/json: was "
                + (e.getContentType() == null ? "nothing" : e.getContentType()));
    return handleExceptionInternal(e, e.getBody(), headers, status, request);
  }

  /** Without what the parser would say of itself. */
  private static String words(JacksonException e) {
    String all = e.getOriginalMessage();
    int ours = all.indexOf(" (start marker at ");
    return "%s (line %d, column %d)"
        .formatted(
            ours < 0 ? all : all.substring(0, ours),
            e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
            e.getLocation() == null ? 1 : e.getLocation().getColumnNr());
  }

  /**
   * The value as the body has it: without its quotes, a text would look like what belongs there.
   */
  private static Object given(InvalidFormatException e) {
    Class<?> type = e.getTargetType();
    boolean bare =
        type.isPrimitive() || type == Boolean.class || Number.class.isAssignableFrom(type);
    return e.getValue() instanceof String text && bare ? "\"" + text + '"' : e.getValue();
  }

  /** What stood where something else belongs. */
  private static String given(MismatchedInputException e) {
    return switch (e.getCurrentToken()) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "a list";
      case VALUE_STRING -> "text";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      case VALUE_NULL -> "null";
      case null, default -> "something else";
    };
  }

  private static String path(JacksonException e) {
    String path =
        e.getPath().stream()
            .map(
                part ->
                    part.getPropertyName() == null
                        ? "[" + part.getIndex() + "]"
                        : part.getPropertyName())
            .collect(Collectors.joining("."))
            .replace(".[", "[");
    return path.isEmpty() ? "body" : path;
  }

  private static String known(UnrecognizedPropertyException e) {
    Collection<Object> ids = e.getKnownPropertyIds();
    return ids == null
        ? "none"
        : ids.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
  }

  private static String allowed(@Nullable Class<?> type) {
    if (type == null) {
      return "something else";
    }
    if (type.isEnum()) {
      return "one of "
          + Arrays.stream(type.getEnumConstants())
              .map(String::valueOf)
              .collect(Collectors.joining(", "));
    }
    if (type == LocalDate.class) {
      return "a day like 2026-11-28";
    }
    if (type == Instant.class) {
      return "a time like 2026-11-28T09:00:00Z";
    }
    if (type == Duration.class) {
      return "a length of time like PT1H";
    }
    if (type == int.class || type == Integer.class) {
      return "a whole number";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "a list";
    }
    if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
      return "a number";
    }
    return type == String.class ? "text" : "an object";
  }

  /** Found when the first parameter is asked for, in the middle of an answer. */
  @ExceptionHandler(InvalidParameterException.class)
  @Nullable ResponseEntity<Object> unreadableQuery(
      InvalidParameterException e, WebRequest request) {
    Refusal refusal =
        Refusal.parameter(
            "query", "one that cannot be decoded", "UTF-8, with % and two hexadecimal digits");
    return handleExceptionInternal(
        refusal, refusal.getBody(), new HttpHeaders(), refusal.getStatusCode(), request);
  }

  @ExceptionHandler(RuntimeException.class)
  @Nullable ResponseEntity<Object> unexpected(RuntimeException e, WebRequest request) {
    LOG.error("{} failed", request.getDescription(false), e);
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(
            HttpStatus.INTERNAL_SERVER_ERROR, "this failed here; the log says why");
    return handleExceptionInternal(
        e, problem, new HttpHeaders(), HttpStatus.INTERNAL_SERVER_ERROR, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception e,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    if (status.is4xxClientError() && request instanceof ServletWebRequest web) {
      refused.refused(web.getRequest(), status, String.valueOf(e.getMessage()));
    }
    return super.handleExceptionInternal(e, body, headers, status, request);
  }
}
