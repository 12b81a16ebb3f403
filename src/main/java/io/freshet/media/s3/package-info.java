/** Files in an object store that speaks S3. */
@NullMarked
package io.freshet.media.s3;

import org.jspecify.annotations.NullMarked;
