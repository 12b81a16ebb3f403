/** The deployment files agree with the code, and their commands run. */
@NullMarked
package io.freshet.deploy;

import org.jspecify.annotations.NullMarked;
