package io.freshet.testkit;

import java.util.List;

/**
 * Something that reads what strangers send. It fails by any exception that is not caught in it, so
 * it catches those that are its way to refuse, and checks what must hold for what it takes. Made by
 * a constructor without arguments; named in {@code security/FuzzTargets}.
 */
public interface FuzzTarget {
  void take(byte[] input);

  /** Inputs to begin with: valid ones, of every shape that there is. */
  List<byte[]> seeds();

  static FuzzTarget named(String type) {
    try {
      var constructor = Class.forName(type).asSubclass(FuzzTarget.class).getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no such target: " + type, e);
    }
  }
}
