/** Popular tags and best members: short lists that are computed from time to time. */
@NullMarked
package io.freshet.ranking;

import org.jspecify.annotations.NullMarked;
