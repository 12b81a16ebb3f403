/** Direct messages between two people. */
@NullMarked
package io.freshet.dialog;

import org.jspecify.annotations.NullMarked;
