@NullMarked
package io.freshet.live.rabbit;

import org.jspecify.annotations.NullMarked;
