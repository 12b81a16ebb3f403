/** Security as tests, driven by the API's own description. */
@NullMarked
package io.freshet.security;

import org.jspecify.annotations.NullMarked;
