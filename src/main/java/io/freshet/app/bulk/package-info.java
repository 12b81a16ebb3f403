/** Many people, follows and posts at once: from files, or made up for the demo. */
@NullMarked
package io.freshet.app.bulk;

import org.jspecify.annotations.NullMarked;
