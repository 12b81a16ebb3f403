/**
 * What people are told of: rows that follow deeds, groups of them as they are shown, preferences.
 */
@NullMarked
package io.freshet.notification;

import org.jspecify.annotations.NullMarked;
