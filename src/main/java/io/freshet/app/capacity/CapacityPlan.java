package io.freshet.app.capacity;

import java.util.Map;

/**
 * What a demand takes.
 *
 * @param needs by resource, in its unit, before anything is rounded up to whole machines
 * @param growth by input, what doubling it multiplies each need by
 * @param parts whole machines
 */
public record CapacityPlan(
    Demand demand,
    Machines machines,
    Load load,
    Map<Resource, Double> needs,
    Parts parts,
    Map<Input, Map<Resource, Double>> growth) {

  /**
   * Whole machines.
   *
   * @param redisByCores masters if only their work counted
   * @param redisByMemory masters if only their memory counted
   * @param redisMasters the larger of the two
   * @param connections of all processes to PostgreSQL
   */
  public record Parts(
      long webNodes,
      long workerNodes,
      long redisByCores,
      long redisByMemory,
      long redisMasters,
      long rabbitmqNodes,
      long postgresCores,
      long connections) {}
}
