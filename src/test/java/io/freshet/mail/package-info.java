@NullMarked
package io.freshet.mail;

import org.jspecify.annotations.NullMarked;
