@NullMarked
package io.freshet.web.page;

import org.jspecify.annotations.NullMarked;
