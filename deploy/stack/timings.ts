import { Duration } from 'aws-cdk-lib';

const CHECK_EVERY_SECONDS = 5;
const CHECK_TIMEOUT_SECONDS = 2;
const FAILED_CHECKS = 2;

/** How long a stopping gateway fails readiness: the load balancer has noticed by then. */
export const DRAIN_SECONDS = CHECK_EVERY_SECONDS * FAILED_CHECKS + CHECK_TIMEOUT_SECONDS;

/** What must fit together between the load balancer, ECS and the processes. */
export const TIMINGS = {
  healthCheck: {
    interval: Duration.seconds(CHECK_EVERY_SECONDS),
    timeout: Duration.seconds(CHECK_TIMEOUT_SECONDS),
    unhealthyThresholdCount: FAILED_CHECKS,
    healthyThresholdCount: 2,
  },
  /** ECS takes a task off the load balancer first, and sends SIGTERM when this is over. */
  deregistrationDelay: Duration.seconds(DRAIN_SECONDS),
  /** A process ends itself after 25 s (src/bin/process.ts). */
  stopTimeout: Duration.seconds(30),
  /** More than the 12 s after which sockets are pinged, less than the 72 s that the gateway keeps a connection. */
  idleTimeout: Duration.seconds(60),
  /** Of a start, with what it warms up. */
  healthCheckGrace: Duration.seconds(60),
};
