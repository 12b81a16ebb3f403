package io.freshet.live;

import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * What connections are made of.
 *
 * @param writers runs the thread that writes to one client while there is something to write
 */
record LiveParts(
    LiveConfig config,
    Hub hub,
    Streams streams,
    Presences presences,
    Broker broker,
    LiveTokens tokens,
    Permissions permissions,
    Readers readers,
    InstantSource clock,
    Executor writers) {}
