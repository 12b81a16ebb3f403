/** Tests of imports from tables of text. */
@NullMarked
package io.freshet.app.csv;

import org.jspecify.annotations.NullMarked;
