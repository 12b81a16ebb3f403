/** Tests of the module {@code question}. */
@NullMarked
package io.freshet.question;

import org.jspecify.annotations.NullMarked;
