/** Tests of what every module stands on. */
@NullMarked
package io.freshet.platform;

import org.jspecify.annotations.NullMarked;
