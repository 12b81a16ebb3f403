package io.freshet.platform.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import java.util.Optional;

/**
 * A span of a trace, from its beginning to {@link #close}. What is noted must be numbers and words
 * of ours: never a text, a token or an address from outside. {@link #NONE} is a step of no trace
 * and costs nothing. To be closed by the thread that entered it; one that was only begun by any.
 */
public final class Step implements AutoCloseable {
  public static final Step NONE = new Step(Span.getInvalid(), Scope.noop());

  private final Span span;
  private final Scope scope;

  Step(Span span, Scope scope) {
    this.span = span;
    this.scope = scope;
  }

  /** Of the trace that this thread is in. */
  public static Step current() {
    Span span = Span.current();
    return span.getSpanContext().isSampled() ? new Step(span, Scope.noop()) : NONE;
  }

  public Step note(String name, long value) {
    span.setAttribute(name, value);
    return this;
  }

  public Step note(String name, String value) {
    span.setAttribute(name, value);
    return this;
  }

  /** By the kind of error only: its message may hold anything. */
  public void failed(Throwable cause) {
    failed(cause.getClass().getName());
  }

  /**
   * @param kind a word of ours
   */
  public void failed(String kind) {
    span.setStatus(StatusCode.ERROR);
    span.setAttribute("error.type", kind);
  }

  /** As it travels to what follows; empty if this is not traced. */
  public Optional<String> trace() {
    return Traceparent.of(span.getSpanContext());
  }

  /** The trace's id, 32 hexadecimal digits; empty if this is not traced. */
  public Optional<String> traceId() {
    SpanContext context = span.getSpanContext();
    return context.isSampled() ? Optional.of(context.getTraceId()) : Optional.empty();
  }

  @Override
  public void close() {
    scope.close();
    span.end();
  }
}
