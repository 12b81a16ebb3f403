/** Feeds: stored, merged, hydrated, filtered, built and rebuilt. */
@NullMarked
package io.freshet.feed;

import org.jspecify.annotations.NullMarked;
