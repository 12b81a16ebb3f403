package io.freshet.web.live;

import java.time.InstantSource;

/** What all live connections of a process share. */
public record Floor(InstantSource clock, Farewells farewells, Seats seats, Origins origins) {}
