/**
 * HTTP: the server, its routes, the reading of requests and the one place where errors become
 * problems.
 */
@NullMarked
package io.freshet.web;

import org.jspecify.annotations.NullMarked;
