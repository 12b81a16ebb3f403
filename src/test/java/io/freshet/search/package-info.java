/** Search on a real database. */
@NullMarked
package io.freshet.search;

import org.jspecify.annotations.NullMarked;
