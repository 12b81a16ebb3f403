package io.freshet.platform.trace;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A step's place in its trace as text, by W3C's Trace Context, version 00: {@code
 * 00-<trace>-<span>-<flags>}. What comes from outside and is not quite that is taken for nothing.
 */
final class Traceparent {
  private static final Pattern FORM = Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

  private static final int TRACE = 3;
  private static final int SPAN = 36;
  private static final int FLAGS = 53;

  private Traceparent() {}

  /** Empty for what is not traced. */
  static Optional<String> of(SpanContext context) {
    return context.isSampled()
        ? Optional.of("00-" + context.getTraceId() + "-" + context.getSpanId() + "-01")
        : Optional.empty();
  }

  static Optional<SpanContext> read(String text) {
    if (!FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    SpanContext context =
        SpanContext.createFromRemoteParent(
            text.substring(TRACE, SPAN - 1),
            text.substring(SPAN, FLAGS - 1),
            TraceFlags.fromHex(text, FLAGS),
            TraceState.getDefault());
    return context.isValid() ? Optional.of(context) : Optional.empty();
  }
}
