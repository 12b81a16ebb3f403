/**
 * What every module stands on: clock, ids, JSON, near caches, background loops, database. No
 * product words.
 */
@NullMarked
package io.freshet.platform;

import org.jspecify.annotations.NullMarked;
