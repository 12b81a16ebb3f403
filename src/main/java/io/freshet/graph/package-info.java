/** Who follows, mutes and restricts whom; follower paging; whose posts are pulled. */
@NullMarked
package io.freshet.graph;

import org.jspecify.annotations.NullMarked;
