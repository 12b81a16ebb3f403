@NullMarked
package io.freshet.web.live;

import org.jspecify.annotations.NullMarked;
