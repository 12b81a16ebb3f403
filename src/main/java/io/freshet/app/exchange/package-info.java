/** Communities of questions and answers, from the dumps that Stack Exchange makes of its sites. */
@NullMarked
package io.freshet.app.exchange;

import org.jspecify.annotations.NullMarked;
