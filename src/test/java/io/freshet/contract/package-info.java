/** Tests that hold the server to contracts which others wrote. */
@NullMarked
package io.freshet.contract;

import org.jspecify.annotations.NullMarked;
