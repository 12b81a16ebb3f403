package io.freshet.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Puts a pause before and after each call of a port, where the simulation may let others go on, or
 * crash the caller.
 */
final class Pausing {
  private Pausing() {}

  static <T> T around(Class<T> port, T adapter, Runnable pause) {
    Object proxy =
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (self, method, arguments) -> {
              pause.run();
              Object result;
              try {
                result = method.invoke(adapter, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
              pause.run();
              return result;
            });
    return port.cast(proxy);
  }
}
