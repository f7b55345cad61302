/**
 * What the simulated CloudFormation could get wrong about facts of other services that it passes on. Read by
 * `npm run mutations` alone.
 */

import type { Mutations } from '../../contract/mutation.ts';

export const mutations: Mutations = [
  {
    fact: 'LS-04',
    name: "a service's «no» to a reservation stands at the resource, not at its line",
    file: 'resources/lambda-function.ts',
    replace: ["blame: 'ReservedConcurrentExecutions',", 'blame: null,'],
  },
  {
    fact: 'LS-04',
    name: 'a reservation is never asked for',
    file: 'resources/lambda-function.ts',
    replace: ['return [create, reserve];', 'return [create];'],
  },
  {
    fact: 'LS-07',
    name: 'a reservation of 0 is none',
    file: 'resources/lambda-function.ts',
    replace: ['if (reserved === undefined) return [create];', 'if (!reserved) return [create];'],
  },
  {
    fact: 'LS-24',
    name: 'a timeout of 0 seconds is taken',
    file: 'resources/lambda-function.ts',
    replace: ['min: 1, max: 900 }', 'min: 0, max: 900 }'],
  },
  {
    fact: 'LS-24',
    name: 'a timeout of 901 seconds is taken',
    file: 'resources/lambda-function.ts',
    replace: ['min: 1, max: 900 }', 'min: 1, max: 901 }'],
  },
  {
    fact: 'SQ-26',
    name: 'a redrive policy is never asked for',
    file: 'resources/sqs-queue.ts',
    replace: ["POLICIES = ['RedrivePolicy', 'RedriveAllowPolicy']", "POLICIES = ['RedriveAllowPolicy']"],
  },
  {
    fact: 'SQ-26',
    name: "a service's «no» to a redrive policy stands at the queue, not at its line",
    file: 'resources/sqs-queue.ts',
    replace: ['input }, blame: member }', 'input }, blame: null }'],
  },
  {
    fact: 'SQ-29',
    name: 'whose dead letters a queue takes is never asked for',
    file: 'resources/sqs-queue.ts',
    replace: ["POLICIES = ['RedrivePolicy', 'RedriveAllowPolicy']", "POLICIES = ['RedrivePolicy']"],
  },
  {
    fact: 'LA-06',
    name: "a template's retries of events are overlooked",
    file: 'resources/lambda-event-invoke-config.ts',
    replace: ["'Qualifier', 'MaximumRetryAttempts',", "'Qualifier',"],
  },
  {
    fact: 'LA-12',
    name: "a template's dead-letter queue is overlooked",
    file: 'resources/lambda-function.ts',
    replace: [", 'DeadLetterConfig'],", '],'],
  },
  {
    fact: 'LA-12',
    name: 'a topic may be a dead-letter queue',
    file: 'resources/lambda-function.ts',
    replace: [':sqs:[a-z0-9-]+', ':(sqs|sns):[a-z0-9-]+'],
  },
];
