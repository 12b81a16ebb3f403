/** Tests of the HTTP layer: the server itself, then every operation on a real database. */
@NullMarked
package io.freshet.web;

import org.jspecify.annotations.NullMarked;
