/** The stored feeds against models that are too simple to be wrong. */
@NullMarked
package io.freshet.feed;

import org.jspecify.annotations.NullMarked;
