package io.freshet.app.capacity;

/** What a cluster is made of, as far as the model counts it; amounts are of the busiest minutes. */
public enum Resource {
  WEB_CORES("web", "cores busy"),
  WORKER_CORES("worker", "cores busy"),
  REDIS_CORES("Redis", "cores busy"),
  REDIS_BYTES("Redis", "bytes"),
  MESSAGES("RabbitMQ", "messages/s"),
  RABBITMQ_CORES("RabbitMQ", "cores busy"),
  POSTGRES_CORES("PostgreSQL", "cores busy"),
  WAL_BYTES("PostgreSQL", "bytes/s written"),
  DATABASE_BYTES("PostgreSQL", "bytes"),
  LARGEST_POST("the post with the most followers", "s of one worker and one Redis");

  private final String part;
  private final String unit;

  Resource(String part, String unit) {
    this.part = part;
    this.unit = unit;
  }

  public String part() {
    return part;
  }

  public String unit() {
    return unit;
  }
}
