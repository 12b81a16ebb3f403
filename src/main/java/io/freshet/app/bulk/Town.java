package io.freshet.app.bulk;

import java.util.List;

/**
 * What is to be in the database: the people in the order of the graph's numbers, who follows whom,
 * and how much each has written.
 *
 * @param texts used in turn
 */
public record Town(
    List<Person> people, SocialGraph graph, int postsPerAccount, List<String> texts) {}
