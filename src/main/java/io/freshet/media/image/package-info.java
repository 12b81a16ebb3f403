/** Pictures: headers read before anything is decoded, decoding, and what is made of them. */
@NullMarked
package io.freshet.media.image;

import org.jspecify.annotations.NullMarked;
