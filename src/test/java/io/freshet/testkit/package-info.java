/** What tests of several modules share. */
@NullMarked
package io.freshet.testkit;

import org.jspecify.annotations.NullMarked;
