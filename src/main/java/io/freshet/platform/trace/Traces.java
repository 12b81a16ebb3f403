package io.freshet.platform.trace;

import io.freshet.platform.Metrics;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The traces of this process: what happens because of a request, here and in other processes, as
 * steps that name the step they follow. A trace begins with a request and goes on wherever the text
 * of {@link Step#trace} is handed on; what follows no traced step is not traced. Steps wait in
 * memory, {@link #QUEUE} at most, and go to the collector in batches; when it is away, or too slow,
 * they are lost. Thread-safe.
 */
public final class Traces implements AutoCloseable {
  private static final int QUEUE = 4_096;
  private static final Duration BATCH_REST = Duration.ofSeconds(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** What the last steps get to reach the collector when the process ends. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  /** What a step is in the eyes of those who look at traces. */
  public enum Kind {
    SERVER(SpanKind.SERVER),
    PRODUCER(SpanKind.PRODUCER),
    CONSUMER(SpanKind.CONSUMER),
    INTERNAL(SpanKind.INTERNAL);

    private final SpanKind span;

    Kind(SpanKind span) {
      this.span = span;
    }
  }

  private final Optional<SdkTracerProvider> provider;
  private final Optional<Deliveries> deliveries;
  private final Tracer tracer;
  private final boolean trustsCallers;

  private Traces(
      Optional<SdkTracerProvider> provider,
      Optional<Deliveries> deliveries,
      boolean trustsCallers) {
    this.provider = provider;
    this.deliveries = deliveries;
    this.trustsCallers = trustsCallers;
    this.tracer =
        provider.<TracerProvider>map(own -> own).orElseGet(TracerProvider::noop).get("freshet");
  }

  /** Nothing is traced. */
  public static Traces none() {
    return new Traces(Optional.empty(), Optional.empty(), false);
  }

  /**
   * @param process what is told of this process beside its name, such as its version
   */
  public static Traces open(TraceSettings settings, Map<String, String> process) {
    return settings.endpoint().map(to -> to(to, settings, process)).orElseGet(Traces::none);
  }

  private static Traces to(String endpoint, TraceSettings settings, Map<String, String> process) {
    OtlpHttpSpanExporterBuilder exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(endpoint.replaceFirst("/$", "") + "/v1/traces")
            .setCompression("gzip")
            .setTimeout(TIMEOUT);
    settings.authorization().ifPresent(value -> exporter.addHeader("Authorization", value));
    Deliveries deliveries = new Deliveries(exporter.build());
    SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .setResource(resource(process))
            .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(settings.sample())))
            .addSpanProcessor(
                BatchSpanProcessor.builder(deliveries)
                    .setMaxQueueSize(QUEUE)
                    .setScheduleDelay(BATCH_REST)
                    .build())
            .build();
    return new Traces(Optional.of(provider), Optional.of(deliveries), settings.trustsCallers());
  }

  private static Resource resource(Map<String, String> process) {
    var attributes = Attributes.builder().put(AttributeKey.stringKey("service.name"), "freshet");
    process.forEach((name, value) -> attributes.put(AttributeKey.stringKey(name), value));
    return Resource.create(attributes.build());
  }

  /** As it travels, the step that this thread is in; empty if that is not traced. */
  public static Optional<String> here() {
    return Traceparent.of(Span.current().getSpanContext());
  }

  /** Whether there may be any. */
  public boolean isOn() {
    return provider.isPresent();
  }

  /**
   * Enters the first step here of what a caller asks for.
   *
   * @param traceparent what the caller says of its own step, if anything
   */
  public Step receive(String name, Optional<String> traceparent) {
    Context parent =
        traceparent
            .filter(text -> trustsCallers)
            .flatMap(Traceparent::read)
            .map(Traces::remote)
            .orElse(Context.root());
    return isOn() ? entered(begun(name, Kind.SERVER, parent)) : Step.NONE;
  }

  /**
   * Enters a step that follows another: this thread is in it until it is closed.
   *
   * @param trace the other's; empty: nothing is traced
   */
  public Step follow(String name, Kind kind, Optional<String> trace) {
    return parent(trace).map(parent -> entered(begun(name, kind, parent))).orElse(Step.NONE);
  }

  /** Begins a step that follows another, and ends on whatever thread. */
  public Step begin(String name, Kind kind, Optional<String> trace) {
    return parent(trace)
        .map(parent -> new Step(begun(name, kind, parent), Scope.noop()))
        .orElse(Step.NONE);
  }

  /** Enters a part of the step that this thread is in, if that is traced. */
  public Step within(String name, Kind kind) {
    return isOn() && Span.current().getSpanContext().isSampled()
        ? entered(begun(name, kind, Context.current()))
        : Step.NONE;
  }

  private Optional<Context> parent(Optional<String> trace) {
    return isOn() ? trace.flatMap(Traceparent::read).map(Traces::remote) : Optional.empty();
  }

  private static Context remote(SpanContext parent) {
    return Context.root().with(Span.wrap(parent));
  }

  private Span begun(String name, Kind kind, Context parent) {
    return tracer.spanBuilder(name).setSpanKind(kind.span).setParent(parent).startSpan();
  }

  @SuppressWarnings("MustBeClosedChecker") // the step closes it
  private static Step entered(Span span) {
    return new Step(span, span.makeCurrent());
  }

  public void measure(Metrics metrics) {
    metrics.count(
        "freshet_trace_steps",
        "Steps of traces handed to the collector",
        () -> deliveries.map(Deliveries::delivered).orElse(0L),
        "outcome",
        "delivered");
    metrics.count(
        "freshet_trace_steps",
        "Steps of traces handed to the collector",
        () -> deliveries.map(Deliveries::lost).orElse(0L),
        "outcome",
        "lost");
  }

  @Override
  public void close() {
    provider.ifPresent(own -> own.shutdown().join(GRACE.toMillis(), TimeUnit.MILLISECONDS));
  }
}
