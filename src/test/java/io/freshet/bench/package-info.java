/** The benchmarks behind the commands in bench/: limit and subject in the same run. */
@NullMarked
package io.freshet.bench;

import org.jspecify.annotations.NullMarked;
