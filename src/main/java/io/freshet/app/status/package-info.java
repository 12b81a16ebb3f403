/**
 * How the processes do, for administrators: each writes samples of its own measurements, and any
 * that serves merges those of all.
 */
@NullMarked
package io.freshet.app.status;

import org.jspecify.annotations.NullMarked;
