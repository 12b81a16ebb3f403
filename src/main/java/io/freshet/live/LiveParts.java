package io.freshet.live;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * What connections are made of.
 *
 * @param writers runs the thread that writes to one client while there is something to write
 * @param channelsOf the channels that the server subscribes a user's connections to
 */
record LiveParts(
    LiveConfig config,
    Hub hub,
    Streams streams,
    Presences presences,
    Broker broker,
    LiveTokens tokens,
    Permissions permissions,
    Function<String, List<String>> channelsOf,
    InstantSource clock,
    Executor writers) {}
