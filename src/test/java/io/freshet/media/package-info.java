@NullMarked
package io.freshet.media;

import org.jspecify.annotations.NullMarked;
