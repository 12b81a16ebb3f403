package io.freshet.platform.trace;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to the collector: counts what arrives and what is lost, and says in the log when it
 * begins to be lost and when that has ended. Thread-safe.
 */
final class Deliveries implements SpanExporter {
  private static final Logger LOG = LoggerFactory.getLogger(Traces.class);

  /** The library tells each failure past our log; held, for Java knows its loggers only weakly. */
  private final java.util.logging.Logger library =
      java.util.logging.Logger.getLogger("io.opentelemetry");

  private final SpanExporter exporter;
  private final LongAdder delivered = new LongAdder();
  private final LongAdder lost = new LongAdder();
  private final AtomicBoolean losing = new AtomicBoolean();

  Deliveries(SpanExporter exporter) {
    this.exporter = exporter;
    library.setLevel(Level.OFF);
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> steps) {
    int count = steps.size();
    CompletableResultCode result = exporter.export(steps);
    return result.whenComplete(() -> ended(result, count));
  }

  private void ended(CompletableResultCode result, int count) {
    if (result.isSuccess()) {
      delivered.add(count);
      if (losing.compareAndSet(true, false)) {
        LOG.info("the collector takes traces again");
      }
    } else {
      lost.add(count);
      if (losing.compareAndSet(false, true)) {
        LOG.warn(
            "traces are lost, for the collector does not take them: {}",
            String.valueOf(result.getFailureThrowable()));
      }
    }
  }

  long delivered() {
    return delivered.sum();
  }

  long lost() {
    return lost.sum();
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }
}
