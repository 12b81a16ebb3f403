@NullMarked
package io.freshet.media.image;

import org.jspecify.annotations.NullMarked;
