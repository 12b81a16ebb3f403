/** The work queue: publish, take, acknowledge, retry, dead letter. */
@NullMarked
package io.freshet.queue;

import org.jspecify.annotations.NullMarked;
