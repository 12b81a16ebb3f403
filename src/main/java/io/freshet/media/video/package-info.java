/** Videos: the structure of MP4 and WebM checked, and what it says of the author blotted out. */
@NullMarked
package io.freshet.media.video;

import org.jspecify.annotations.NullMarked;
