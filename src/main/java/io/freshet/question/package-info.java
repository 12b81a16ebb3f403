/** Questions, their answers, votes and tags. A question is a post whose text is its title. */
@NullMarked
package io.freshet.question;

import org.jspecify.annotations.NullMarked;
