@NullMarked
package io.freshet.app.status;

import org.jspecify.annotations.NullMarked;
