@NullMarked
package io.freshet.media.video;

import org.jspecify.annotations.NullMarked;
