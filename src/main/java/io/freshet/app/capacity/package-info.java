/** What a community of a given size takes to run: a model from measured unit costs. */
@NullMarked
package io.freshet.app.capacity;

import org.jspecify.annotations.NullMarked;
