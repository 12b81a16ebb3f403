@NullMarked
package io.freshet.media.s3;

import org.jspecify.annotations.NullMarked;
