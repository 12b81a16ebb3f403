package io.freshet.account;

/** A person has gone: nobody sees anything of theirs any more, and what is left is to be erased. */
public record AccountRemoved(long account) {
  public static final String TOPIC = "account-removed";
}
