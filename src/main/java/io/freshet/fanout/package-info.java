/** One post becomes many feed entries; changed edges change stored feeds. */
@NullMarked
package io.freshet.fanout;

import org.jspecify.annotations.NullMarked;
