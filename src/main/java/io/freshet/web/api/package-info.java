/**
 * The API of our own, under {@code /api/v1}: a class for each kind of thing, a record for each
 * body.
 */
@NullMarked
package io.freshet.web.api;

import org.jspecify.annotations.NullMarked;
