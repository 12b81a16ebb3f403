/** People and posts from tables of text. */
@NullMarked
package io.freshet.app.csv;

import org.jspecify.annotations.NullMarked;
