@NullMarked
package io.freshet.live.centrifugo;

import org.jspecify.annotations.NullMarked;
