@NullMarked
package io.freshet.ranking;

import org.jspecify.annotations.NullMarked;
