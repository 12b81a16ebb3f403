/**
 * The public contract of the "Highload Architect" course, served under its own paths by the same
 * modules as the API.
 */
@NullMarked
package io.freshet.web.otus;

import org.jspecify.annotations.NullMarked;
