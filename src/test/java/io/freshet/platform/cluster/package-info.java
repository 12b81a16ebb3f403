/** The protocol of nodes, stepped by seed. */
@NullMarked
package io.freshet.platform.cluster;

import org.jspecify.annotations.NullMarked;
