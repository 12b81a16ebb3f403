/** Tests of notifications. */
@NullMarked
package io.freshet.notification;

import org.jspecify.annotations.NullMarked;
