/** Posts: written, edited, deleted and read. */
@NullMarked
package io.freshet.post;

import org.jspecify.annotations.NullMarked;
