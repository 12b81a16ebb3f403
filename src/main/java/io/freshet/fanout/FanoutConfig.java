package io.freshet.fanout;

/**
 * Sizes of the fan-out.
 *
 * @param batch followers of one task: enough to be cheap, few enough to take milliseconds
 * @param bigAudience authors with more followers than this have a lane of their own
 */
public record FanoutConfig(int batch, int bigAudience) {
  public FanoutConfig {
    if (batch < 1 || bigAudience < 1) {
      throw new IllegalArgumentException("batch and big audience must be at least 1 follower");
    }
  }
}
