/** E-mail: addresses, what waits to be sent, and its sending. */
@NullMarked
package io.freshet.mail;

import org.jspecify.annotations.NullMarked;
