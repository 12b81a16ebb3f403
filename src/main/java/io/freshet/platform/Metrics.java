package io.freshet.platform;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What is measured, in the form that Prometheus reads; docs/metrics.md lists it all. Tags come as
 * name and value by turns, and each has few values: never an id or a text from outside.
 * Thread-safe.
 */
public final class Metrics implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  /** Held here, for the registry only knows them weakly. */
  private final List<LongSupplier> counted = new CopyOnWriteArrayList<>();

  private final JvmGcMetrics collections = new JvmGcMetrics();

  public Metrics() {
    for (MeterBinder binder :
        List.of(
            new JvmMemoryMetrics(),
            new JvmThreadMetrics(),
            new ProcessorMetrics(),
            new FileDescriptorMetrics(),
            new UptimeMetrics(),
            collections)) {
      binder.bindTo(registry);
    }
  }

  /** Shows a number that somebody else keeps, read at each scrape. */
  public void gauge(String name, String description, Supplier<Number> value, String... tags) {
    Gauge.builder(name, value)
        .description(description)
        .tags(tags)
        .strongReference(true)
        .register(registry);
  }

  /** Shows a number that somebody else keeps and that only grows, read at each scrape. */
  public void count(String name, String description, LongSupplier value, String... tags) {
    FunctionCounter.builder(name, value, LongSupplier::getAsLong)
        .description(description)
        .tags(tags)
        .register(registry);
    counted.add(value);
  }

  /** A number that only grows; the same one for the same name and tags. */
  public Counter counter(String name, String description, String... tags) {
    return Counter.builder(name).description(description).tags(tags).register(registry);
  }

  /**
   * Measures durations; the same one for the same name and tags.
   *
   * @param buckets of the histogram, the same for one name; none: only a count, a sum and a maximum
   */
  public Timer timer(String name, String description, List<Duration> buckets, String... tags) {
    return Timer.builder(name)
        .description(description)
        .tags(tags)
        .serviceLevelObjectives(buckets.toArray(Duration[]::new))
        .register(registry);
  }

  /**
   * What several meters of one name show together.
   *
   * @param value the sum of gauges, or the seconds of timers
   * @param count of counters and timers
   */
  public record Total(double value, double count) {}

  /** The meters of this name that have these tags; empty if there are none that know a number. */
  public Optional<Total> total(String name, String... tags) {
    double value = 0;
    double count = 0;
    boolean isKnown = false;
    for (Meter meter : registry.find(name).tags(tags).meters()) {
      for (Measurement measurement : meter.measure()) {
        double number = measurement.getValue();
        if (Double.isNaN(number)) {
          continue;
        }
        switch (measurement.getStatistic()) {
          case COUNT -> count += number;
          case VALUE, TOTAL_TIME -> value += number;
          default -> {
            continue; // a maximum says nothing of a sum
          }
        }
        isKnown = true;
      }
    }
    return isKnown ? Optional.of(new Total(value, count)) : Optional.empty();
  }

  /** The text of {@code /metrics}. */
  public String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
