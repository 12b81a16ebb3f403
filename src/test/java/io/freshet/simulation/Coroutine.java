package io.freshet.simulation;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Code that can be left at a pause and gone on with later, all on one thread: the JDK's own
 * continuation, which virtual threads stand on. One that is never resumed simply ceases to be, as
 * in a crash.
 */
public final class Coroutine {
  private static final Object SCOPE;
  private static final MethodHandle CREATE;
  private static final MethodHandle RUN;
  private static final MethodHandle DONE;
  private static final MethodHandle YIELD;

  static {
    try {
      Class<?> scope = Class.forName("jdk.internal.vm.ContinuationScope");
      Class<?> continuation = Class.forName("jdk.internal.vm.Continuation");
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      SCOPE = scope.getConstructor(String.class).newInstance("simulation");
      CREATE =
          lookup
              .findConstructor(
                  continuation, MethodType.methodType(void.class, scope, Runnable.class))
              .asType(MethodType.methodType(Object.class, Object.class, Runnable.class));
      MethodType onObject = MethodType.methodType(void.class, Object.class);
      RUN =
          lookup
              .findVirtual(continuation, "run", MethodType.methodType(void.class))
              .asType(onObject);
      DONE =
          lookup
              .findVirtual(continuation, "isDone", MethodType.methodType(boolean.class))
              .asType(MethodType.methodType(boolean.class, Object.class));
      YIELD =
          lookup
              .findStatic(continuation, "yield", MethodType.methodType(boolean.class, scope))
              .asType(MethodType.methodType(boolean.class, Object.class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Object continuation;

  public Coroutine(Runnable body) {
    try {
      continuation = (Object) CREATE.invokeExact(SCOPE, body);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** Goes on until the next pause or the end. */
  public void resume() {
    try {
      RUN.invokeExact(continuation);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  public boolean isDone() {
    try {
      return (boolean) DONE.invokeExact(continuation);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** Leaves the running coroutine until it is resumed. */
  public static void pause() {
    try {
      boolean _ = (boolean) YIELD.invokeExact(SCOPE);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
