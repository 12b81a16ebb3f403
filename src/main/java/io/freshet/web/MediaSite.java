package io.freshet.web;

import io.freshet.media.Media;
import io.freshet.media.MediaAddresses;
import io.freshet.post.Attachments;

/** What the operations on pictures and videos answer from. */
public record MediaSite(Media media, Attachments attachments, MediaAddresses addresses) {}
