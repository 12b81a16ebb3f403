/**
 * People use a cluster of real processes while its parts are killed, cut off, slowed and emptied.
 */
@NullMarked
package io.freshet.chaos;

import org.jspecify.annotations.NullMarked;
