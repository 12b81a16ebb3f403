/** Pictures and videos: checked, made harmless, kept as files, attached to what people write. */
@NullMarked
package io.freshet.media;

import org.jspecify.annotations.NullMarked;
