@NullMarked
package io.freshet.collection;

import org.jspecify.annotations.NullMarked;
