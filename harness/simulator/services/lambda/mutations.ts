/**
 * What the simulated Lambda could get wrong about each fact. Read by `npm run mutations` alone.
 */

import type { Mutations } from '../mutation.ts';

export const mutations: Mutations = [
  {
    fact: 'LS-01',
    name: 'the account lets one more in',
    file: 'admission.ts',
    replace: ['shared >= state.accountConcurrency - sum', 'shared > state.accountConcurrency - sum'],
  },
  {
    fact: 'LS-01',
    name: "the account's limit is told as a reservation's",
    file: 'admission.ts',
    replace: [
      "sum ? 'ConcurrentInvocationLimitExceeded' : null",
      "sum ? 'ReservedFunctionConcurrentInvocationLimitExceeded' : null",
    ],
  },
  {
    fact: 'LS-02',
    name: 'a reservation lets one more in',
    file: 'admission.ts',
    replace: ['(other) => other === name) >= reserved', '(other) => other === name) > reserved'],
  },
  {
    fact: 'LS-02',
    name: 'a reservation is no maximum',
    file: 'admission.ts',
    replace: ['if (reserved !== undefined) {\n    return inFlight', 'if (reserved === -1) {\n    return inFlight'],
  },
  {
    fact: 'LS-03',
    name: 'others may use what a function has reserved',
    file: 'admission.ts',
    replace: ['state.accountConcurrency - sum ?', 'state.accountConcurrency ?'],
  },
  {
    fact: 'LS-03',
    name: 'a function with a reservation draws from the shared pool',
    file: 'admission.ts',
    replace: ['inFlight(state, (other) => other === name) >= reserved', 'inFlight(state, () => true) >= reserved'],
  },
  {
    fact: 'LS-04',
    name: 'a reservation may leave 99 units',
    file: 'functions.ts',
    replace: ['wanted < state.unreservedFloor', 'wanted < state.unreservedFloor - 1'],
  },
  {
    fact: 'LS-04',
    name: 'a reservation must leave more than 100 units',
    file: 'functions.ts',
    replace: ['wanted < state.unreservedFloor', 'wanted <= state.unreservedFloor'],
  },
  {
    fact: 'LS-04',
    name: 'the floor is 90',
    file: 'state.ts',
    replace: ['UNRESERVED_FLOOR = 100', 'UNRESERVED_FLOOR = 90'],
  },
  {
    fact: 'LS-05',
    name: 'the account settings forget the reservations',
    file: 'functions.ts',
    replace: ['state.accountConcurrency - reserved,', 'state.accountConcurrency,'],
  },
  {
    fact: 'LS-05',
    name: 'the account settings take the reservations off the limit',
    file: 'functions.ts',
    replace: [
      'ConcurrentExecutions: state.accountConcurrency,',
      'ConcurrentExecutions: state.accountConcurrency - reserved,',
    ],
  },
  {
    fact: 'LS-06',
    name: 'a function without a reservation answers 0',
    file: 'functions.ts',
    replace: [
      'reserved === undefined ? {} : { ReservedConcurrentExecutions: reserved });',
      '{ ReservedConcurrentExecutions: reserved ?? 0 });',
    ],
  },
  {
    fact: 'LS-06',
    name: 'a reservation is not told back',
    file: 'functions.ts',
    replace: ['return ok({ ReservedConcurrentExecutions: wanted });', 'return ok({});'],
  },
  {
    fact: 'LS-06',
    name: 'a reservation that was deleted stays',
    file: 'functions.ts',
    replace: ['  state.reserved.delete(target.name);\n', ''],
  },
  {
    fact: 'LS-06',
    name: 'an unknown function has no reservation, and that is all',
    file: 'functions.ts',
    replace: [
      "  if (!state.functions.has(name)) return notFound(state, name, '$LATEST');\n  const reserved",
      '  const reserved',
    ],
  },
  {
    fact: 'LS-06',
    name: 'an alias may have a reservation',
    file: 'functions.ts',
    replace: ['if (qualifier !== undefined) {', "if (qualifier === 'none') {"],
  },
  {
    fact: 'LS-07',
    name: 'a reservation of 0 is none',
    file: 'admission.ts',
    replace: ['if (reserved !== undefined) {\n    return inFlight', 'if (reserved) {\n    return inFlight'],
  },
  {
    fact: 'LS-08',
    name: 'lowering a reservation to 0 stops what runs',
    file: 'functions.ts',
    replace: [
      'state.reserved.set(target.name, wanted);',
      "state.reserved.set(target.name, wanted);\n  if (wanted === 0) for (const each of state.environments.values()) each.state = 'reset';",
    ],
  },
  {
    fact: 'LS-09',
    name: 'eleven requests a second for each unit',
    file: 'admission.ts',
    replace: ['REQUESTS_PER_UNIT_AND_SECOND = 10', 'REQUESTS_PER_UNIT_AND_SECOND = 11'],
  },
  {
    fact: 'LS-09',
    name: 'the window never ends',
    file: 'admission.ts',
    replace: ['nowMs - (nowMs % 1_000)', '0'],
  },
  {
    fact: 'LS-09',
    name: 'rates are not looked at',
    file: 'admission.ts',
    replace: ['overLimit(state, name) ?? overRate(state, name, nowMs)', 'overLimit(state, name)'],
  },
  {
    fact: 'LS-10',
    name: 'a function gains as many environments as it likes',
    file: 'admission.ts',
    replace: ['if (allowance === 0) return false;', ''],
  },
  {
    fact: 'LS-10',
    name: 'the allowance is refilled every 10 seconds, not continuously',
    file: 'admission.ts',
    replace: [
      'Math.floor((nowMs - known.atMs) / SCALING_MS_PER_ENVIRONMENT)',
      'Math.floor((nowMs - known.atMs) / 10_000) * SCALING_ALLOWANCE',
    ],
  },
  {
    fact: 'LS-13',
    name: 'a throttle is a 500',
    file: 'admission.ts',
    replace: ["'Rate Exceeded.', 429", "'Rate Exceeded.', 500"],
  },
  {
    fact: 'LS-13',
    name: 'a throttle has other words',
    file: 'admission.ts',
    replace: ["'Rate Exceeded.'", "'Rate exceeded'"],
  },
  {
    fact: 'LS-14',
    name: 'every throttle gives the account as its reason',
    file: 'admission.ts',
    replace: ['{ Reason: reason,', "{ Reason: 'ConcurrentInvocationLimitExceeded',"],
  },
  {
    fact: 'LS-14',
    name: "the account's request rate is told as its concurrency",
    file: 'admission.ts',
    replace: ["? 'FunctionInvocationRateLimitExceeded'", "? 'ConcurrentInvocationLimitExceeded'"],
  },
  {
    fact: 'LS-14',
    name: "a reservation's request rate is told as the account's",
    file: 'admission.ts',
    replace: [": 'ReservedFunctionInvocationRateLimitExceeded'", ": 'FunctionInvocationRateLimitExceeded'"],
  },
  {
    fact: 'LS-15',
    name: 'Lambda tries a throttled request again by itself',
    file: 'admission.ts',
    replace: [
      "      { kind: 'reply', call, answer: throttle(reason) },",
      "      { kind: 'reply', call, answer: throttle(reason) },\n      { kind: 'deadline', of: call, atMs: 1_000, message: { kind: 'call', call, operation: 'Invoke', input: {} } },",
    ],
  },
  {
    fact: 'LS-17',
    name: 'an environment takes a second request while the first is in Init',
    file: 'admission.ts',
    replace: [
      '|| environment.invocation !== null) continue;',
      "|| (environment.invocation !== null && environment.state !== 'starting')) continue;\n    environment.invocation = null;",
    ],
  },
  {
    fact: 'LS-17',
    name: 'a free environment is never used again',
    file: 'admission.ts',
    replace: ['const free = freeEnvironment(state, name);', 'const free = freeEnvironment(state, `${name}?`);'],
  },
  {
    fact: 'LS-18',
    name: 'the environment that was used longest ago is taken',
    file: 'admission.ts',
    replace: ['environment.lastUsed > best.lastUsed', 'environment.lastUsed < best.lastUsed'],
  },
  {
    fact: 'LS-19',
    name: 'an environment runs on after the answer',
    file: 'environments.ts',
    replace: ["return [{ kind: 'freeze', environment: environment.id }];", 'return [];'],
  },
  {
    fact: 'LS-20',
    name: 'Init may take 20 seconds',
    file: 'environments.ts',
    replace: ['INIT_PHASE_MS = 10_000', 'INIT_PHASE_MS = 20_000'],
  },
  {
    fact: 'LS-20',
    name: 'Init runs again without end',
    file: 'environments.ts',
    replace: ['atMs: nowMs + target.Timeout * 1_000,', 'atMs: Number.POSITIVE_INFINITY,'],
  },
  {
    fact: 'LS-20',
    name: 'Init that was stopped is not run again',
    file: 'environments.ts',
    replace: ["    { kind: 'start', environment: environment.id, settings: target.settings },\n", ''],
  },
  {
    fact: 'LS-21',
    name: 'after a crash the process lives on',
    file: 'environments.ts',
    replace: ["environment.state = 'reset';", "environment.state = 'idle';"],
  },
  {
    fact: 'LS-21',
    name: 'a crash leaves the process where it is',
    file: 'environments.ts',
    replace: [
      "  return [\n    { kind: 'kill', environment: environment.id },\n    { kind: 'note', event: { kind: 'environment-reset', functionName, environment: environment.id, why } },",
      "  return [\n    { kind: 'note', event: { kind: 'environment-reset', functionName, environment: environment.id, why } },",
    ],
  },
  {
    fact: 'LS-23',
    name: 'the timeout counts from the beginning of Init',
    file: 'environments.ts',
    replace: ['deadlineMs: nowMs + Timeout * 1_000', 'deadlineMs: Timeout * 1_000'],
  },
  {
    fact: 'LS-24',
    name: 'a function times out after 5 seconds if nothing is said',
    file: 'functions.ts',
    replace: ['DEFAULT_TIMEOUT_S = 3', 'DEFAULT_TIMEOUT_S = 5'],
  },
  {
    fact: 'LS-25',
    name: 'a request of any size is taken',
    file: 'invoke.ts',
    replace: [
      'if (bytes.byteLength > SYNCHRONOUS_PAYLOAD_BYTES)',
      'if (bytes.byteLength > SYNCHRONOUS_PAYLOAD_BYTES * 10)',
    ],
  },
  {
    fact: 'LS-25',
    name: 'a response of any size is handed on',
    file: 'environments.ts',
    replace: ["if (bytes > SYNCHRONOUS_PAYLOAD_BYTES) return { kind: 'failed', error: responseTooLarge() };", ''],
  },
  {
    fact: 'LS-25',
    name: 'the limit is a byte lower',
    file: 'invoke.ts',
    replace: ['SYNCHRONOUS_PAYLOAD_BYTES = 6_291_556', 'SYNCHRONOUS_PAYLOAD_BYTES = 6_291_555'],
  },
  {
    fact: 'LS-26',
    name: 'an answer is a 202',
    file: 'environments.ts',
    replace: [
      "ok({ StatusCode: 200, ExecutedVersion: '$LATEST', Payload",
      "ok({ StatusCode: 202, ExecutedVersion: '$LATEST', Payload",
    ],
  },
  {
    fact: 'LS-26',
    name: 'a dry run is a 200',
    file: 'invoke.ts',
    replace: ['StatusCode: 204', 'StatusCode: 200'],
  },
  {
    fact: 'LS-27',
    name: 'a function error is told by the status code',
    file: 'environments.ts',
    replace: ['StatusCode: 200,\n', 'StatusCode: 500,\n'],
  },
  {
    fact: 'LS-27',
    name: 'a function error looks like an answer',
    file: 'environments.ts',
    replace: ["    FunctionError: 'Unhandled',\n", ''],
  },
  {
    fact: 'LS-28',
    name: 'a timeout is an error of the handler',
    file: 'environments.ts',
    replace: ["'Sandbox.Timedout'", "'Error'"],
  },
  {
    fact: 'LS-28',
    name: 'after a timeout the process lives on',
    file: 'environments.ts',
    replace: [
      "if (end.kind === 'returned' || end.kind === 'failed') {",
      "if (end.kind === 'returned' || end.kind === 'failed' || (end.kind === 'died' && end.why === 'timeout')) {",
    ],
  },
  {
    fact: 'LS-29',
    name: 'a process that exits says so in other words',
    file: 'environments.ts',
    replace: ['Runtime exited without providing a reason', 'Runtime exited with error: exit status 1'],
  },
  {
    fact: 'LS-30',
    name: 'broken JSON is handed to the handler',
    file: 'invoke.ts',
    replace: ['if (problem !== null) return answered(unparsable(problem));', ''],
  },
  {
    fact: 'LS-30',
    name: 'an unknown function is a 400',
    file: 'functions.ts',
    replace: ['${qualifier}`, 404, {', '${qualifier}`, 400, {'],
  },
];
