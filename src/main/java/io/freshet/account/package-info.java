/** People: profiles, passwords, tokens. */
@NullMarked
package io.freshet.account;

import org.jspecify.annotations.NullMarked;
