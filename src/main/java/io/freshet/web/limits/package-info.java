/**
 * What one caller may ask for: rates by account, address and action, and where requests come from.
 */
@NullMarked
package io.freshet.web.limits;

import org.jspecify.annotations.NullMarked;
