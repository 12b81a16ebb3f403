/** Tests of the commands. */
@NullMarked
package io.freshet.cli;

import org.jspecify.annotations.NullMarked;
