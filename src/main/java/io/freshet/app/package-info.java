/**
 * Builds the object graph, starts and stops it in order, and lets the operator at it through the
 * management interface.
 */
@NullMarked
package io.freshet.app;

import org.jspecify.annotations.NullMarked;
