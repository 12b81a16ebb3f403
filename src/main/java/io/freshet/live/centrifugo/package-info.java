/** Publishing to a Centrifugo that holds the connections instead of us. */
@NullMarked
package io.freshet.live.centrifugo;

import org.jspecify.annotations.NullMarked;
