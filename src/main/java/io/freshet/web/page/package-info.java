/**
 * The browser page: the one HTML file that all its addresses answer, with what it needs at once put
 * in, and the files that it loads.
 */
@NullMarked
package io.freshet.web.page;

import org.jspecify.annotations.NullMarked;
