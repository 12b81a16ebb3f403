package io.freshet.app;

/** Is told how far long work has come. */
public interface Progress {
  /** Who does not care. */
  Progress SILENT = (what, done, total) -> {};

  /**
   * @param what the step, in one or two words; another word begins another step
   */
  void at(String what, long done, long total);
}
