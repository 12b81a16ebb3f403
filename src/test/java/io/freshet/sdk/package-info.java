/** The official clients of the live protocol, driven against a server in this process. */
@NullMarked
package io.freshet.sdk;

import org.jspecify.annotations.NullMarked;
