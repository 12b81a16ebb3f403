/** Processes that work from one database: their numbers, and how their caches are kept exact. */
@NullMarked
package io.freshet.platform.cluster;

import org.jspecify.annotations.NullMarked;
