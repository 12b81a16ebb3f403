@NullMarked
package io.freshet.platform.rabbit;

import org.jspecify.annotations.NullMarked;
