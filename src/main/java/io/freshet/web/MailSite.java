package io.freshet.web;

import io.freshet.mail.Mails;

/**
 * What is served of e-mail.
 *
 * @param isShown whether everybody may look at mails instead of their being sent
 */
public record MailSite(Mails mails, boolean isShown) {}
