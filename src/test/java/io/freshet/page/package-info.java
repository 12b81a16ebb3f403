/** The page as people meet it: a Freshet process, and a real browser for each of them. */
@NullMarked
package io.freshet.page;

import org.jspecify.annotations.NullMarked;
