package io.freshet.platform.log;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import java.util.Iterator;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/** Brings the settings to the lines of the log, which is there before them. */
public final class Logs {
  private Logs() {}

  /**
   * From now on lines are written so. Where the operator has a logback.xml without our lines this
   * does nothing.
   *
   * @param node this process's number, if it has one now
   */
  public static void use(LogFormat format, Supplier<OptionalInt> node) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      for (Logger logger : context.getLoggerList()) {
        Iterator<Appender<ILoggingEvent>> appenders = logger.iteratorForAppenders();
        appenders.forEachRemaining(appender -> {
          if (appender instanceof OutputStreamAppender<ILoggingEvent> lines
              && lines.getEncoder() instanceof LineEncoder encoder) {
            encoder.use(format, node);
          }
        });
      }
    }
  }
}
