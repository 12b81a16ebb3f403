package io.freshet.web.live;

import io.freshet.web.limits.Addresses;
import java.time.InstantSource;

/**
 * What all live connections of a process share.
 *
 * @param addresses tells where they come from
 */
public record Floor(
    InstantSource clock, Farewells farewells, Seats seats, Origins origins, Addresses addresses) {}
