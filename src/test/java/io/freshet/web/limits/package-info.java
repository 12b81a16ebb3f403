@NullMarked
package io.freshet.web.limits;

import org.jspecify.annotations.NullMarked;
