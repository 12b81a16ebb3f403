package io.freshet.platform.redis;

import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.handler.flush.FlushConsolidationHandler;

/** What Lettuce works with. */
final class Resources {
  private Resources() {}

  /**
   * Commands of many threads that are ready at once go out in one write: a call of the kernel costs
   * more than a command.
   */
  static ClientResources pipelined() {
    return ClientResources.builder()
        .nettyCustomizer(
            new NettyCustomizer() {
              @Override
              public void afterChannelInitialized(Channel channel) {
                channel
                    .pipeline()
                    .addFirst(
                        new FlushConsolidationHandler(
                            FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, true));
              }
            })
        .build();
  }
}
