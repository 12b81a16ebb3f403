@NullMarked
package io.freshet.live;

import org.jspecify.annotations.NullMarked;
