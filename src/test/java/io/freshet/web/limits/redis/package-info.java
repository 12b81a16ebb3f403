@NullMarked
package io.freshet.web.limits.redis;

import org.jspecify.annotations.NullMarked;
